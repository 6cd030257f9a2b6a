"""Accuracy and speed of reading over the corpus, beside plain Tesseract and OCRmyPDF on the same pages.

    python -m benchmarks.reading [--kinds clean,office] [--sets dev] [--seed 1] [--engines vanthu,tesseract] [--details]

A row a kind of scan and engine, the sets together. CER as `benchmarks/cer` counts: each printed line, paragraph and table row must
stand together; lost: lines of which over half is missing. Pages a minute by the clock; CPU: seconds of all processes for a page,
which does not depend on what else the machine does. `tesseract`: `vie --psm 3` at the true resolution, two pages at a time.
`ocrmypdf` is measured where it is on the PATH (it is no dependency of ours): `-l vie --deskew --force-ocr --jobs 2`. Texts are kept
under `build/bench/read`.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytesseract
from pdf2image import convert_from_path, pdfinfo_from_path

from benchmarks import scans

DPI = {"clean": 300, "office": 200, "fax": 200, "photo": 220, "real": 200}
SETS = "seed,authored,dev"


def vanthu(file: Path, _kind: str) -> str:
    from vanthu.readers import read

    return read(file).text


def tesseract(file: Path, kind: str) -> str:
    pages = convert_from_path(file, dpi=DPI[kind], grayscale=True)
    with ThreadPoolExecutor(2) as pool:
        return "\f".join(pool.map(lambda p: str(pytesseract.image_to_string(p, lang="vie", config=f"--psm 3 --dpi {DPI[kind]}")), pages))


def ocrmypdf(file: Path, _kind: str) -> str:
    target = scans.BUILD / "read" / "sidecar.txt"
    command = ["ocrmypdf", "-q", "-l", "vie", "--deskew", "--force-ocr", "--jobs", "2", "--sidecar", str(target), str(file), "/dev/null"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target.read_text("utf-8")


ENGINES: dict[str, Callable[[Path, str], str]] = {"vanthu": vanthu, "tesseract": tesseract, "ocrmypdf": ocrmypdf}


def files(names: list[str], kind: str, seed: int) -> list[tuple[Path, Path]]:
    """Files to read, each with its printed text."""
    found = []
    for name in names:
        folder = scans.typeset(name, kind, seed)
        texts = scans.source("real") / "text" if name == "real" else folder / "text"
        found += [(folder / f"{text.stem}.pdf", text) for text in sorted(texts.glob("*.txt"))]
    return found


def row(engine: str, kind: str, jobs: list[tuple[Path, Path]], out: Path, details: bool) -> str:
    """One line of the table."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "gold").mkdir(parents=True)
    pages, began, before = 0, time.monotonic(), _cpu()
    for file, text in jobs:
        (out / text.name).write_text(ENGINES[engine](file, kind), encoding="utf-8")
        shutil.copy(text, out / "gold")
        pages += int(pdfinfo_from_path(file)["Pages"])
    speed, cpu = 60 * pages / (time.monotonic() - began), (_cpu() - before) / pages
    score = [sys.executable, str(scans.HERE / "cer"), str(out), str(out / "gold")]
    if details:
        subprocess.run([*score, "--details"], check=True)
    got = json.loads(subprocess.run([*score, "--json"], check=True, capture_output=True, text=True).stdout)
    return f"| {kind} | {engine} | {len(jobs)} | {pages} | {100 * got['cer']:.2f} % | {got['lost']} | {speed:.0f} | {cpu:.1f} s |"


def _cpu() -> float:
    """Seconds of this process and of all that it has started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default="clean,office,fax,photo")
    parser.add_argument("--sets", default=SETS + (",real" if scans.source("real").exists() else ""))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", default="vanthu,tesseract" + (",ocrmypdf" if shutil.which("ocrmypdf") else ""))
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    names = args.sets.split(",")
    jobs = {kind: files([n for n in names if n != "real"], kind, args.seed) for kind in args.kinds.split(",")}
    jobs |= {"real": files(["real"], "", 0)} if "real" in names else {}
    print("| scan | engine | documents | pages | CER | lost lines | pages a minute | CPU a page |\n|---|---|---|---|---|---|---|---|")
    for kind, some in ((k, s) for k, s in jobs.items() if s):
        for engine in args.engines.split(","):
            print(row(engine, kind, some, scans.BUILD / "read" / engine / f"{kind}-{args.seed}", args.details), flush=True)


if __name__ == "__main__":
    main()
