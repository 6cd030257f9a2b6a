"""Accuracy and speed of reading over the corpus, beside plain Tesseract and OCRmyPDF on the same pages.

    python -m benchmarks.reading [--kinds clean,office] [--sets dev] [--seed 1] [--engines vanthu,tesseract] [--details]

CER as `benchmarks/cer` counts: each printed line, paragraph and table row must stand together; lost: lines of which over half is
missing. `tesseract`: `vie --psm 3` at the true resolution, two pages at a time. `ocrmypdf` is measured where it is on the PATH (it
is no dependency of ours): `-l vie --deskew --force-ocr --jobs 2`. Texts are kept under `build/bench/read`.
"""

import argparse
import json
import os
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

DPI = {"digital": 300, "clean": 300, "office": 200, "fax": 200, "photo": 220, "real": 200}


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


def row(engine: str, name: str, kind: str, seed: int, details: bool) -> str:
    """One line of the table."""
    files = scans.typeset(name, kind, seed)
    texts = scans.SHARED / "real" / "text" if name == "real" else files / "text"
    out = scans.BUILD / "read" / engine / f"{kind}-{seed}" / name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    pages, began = 0, time.monotonic()
    for text in sorted(texts.glob("*.txt")):
        file = files / f"{text.stem}.pdf"
        (out / text.name).write_text(ENGINES[engine](file, kind), encoding="utf-8")
        pages += int(pdfinfo_from_path(file)["Pages"])
    speed = 60 * pages / (time.monotonic() - began)
    score = [sys.executable, str(scans.HERE / "cer"), str(out), str(texts)]
    if details:
        subprocess.run([*score, "--details"], check=True)
    got = json.loads(subprocess.run([*score, "--json"], check=True, capture_output=True, text=True).stdout)
    return f"| {engine} | {name} | {kind} | {got['documents']} | {pages} | {100 * got['cer']:.2f} % | {got['lost']} | {speed:.0f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default=",".join(scans.KINDS))
    parser.add_argument("--sets", default=",".join(scans.SETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", default="vanthu,tesseract" + (",ocrmypdf" if shutil.which("ocrmypdf") else ""))
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    print("| engine | set | kind | documents | pages | CER | lost lines | pages a minute |\n|---|---|---|---|---|---|---|---|")
    for name in args.sets.split(","):
        for kind in ["real"] if name == "real" else args.kinds.split(","):
            for engine in args.engines.split(","):
                print(row(engine, name, kind, args.seed, args.details), flush=True)


if __name__ == "__main__":
    main()
