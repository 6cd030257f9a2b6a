"""Engines that read a PDF into text: this project, plain Tesseract, and OCRmyPDF where it is installed.

OCRmyPDF is no dependency of ours: `python3 -m venv build/bench/ocrmypdf && build/bench/ocrmypdf/bin/pip install ocrmypdf`, or one on
the PATH. Texts and times are kept under `build/bench/read` for as long as neither the file nor the code that reads it changes.
"""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytesseract
from pdf2image import convert_from_path, pdfinfo_from_path

from benchmarks import scans
from vanthu.ocr import model

DPI = {"clean": 300, "office": 200, "fax": 200, "photo": 220, "real": 200}
_PACKED = scans.BUILD / "ocrmypdf" / "bin" / "ocrmypdf"
OCRMYPDF = str(_PACKED) if _PACKED.exists() else shutil.which("ocrmypdf")
"""None where it is not installed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, its pages, seconds by the clock and seconds of all processes."""

    text: str
    pages: int
    seconds: float
    cpu: float


def vanthu(file: Path, _kind: str) -> str:
    """This project."""
    from vanthu.readers import read

    return read(file).text


def tesseract(file: Path, kind: str) -> str:
    """`tesseract -l vie --psm 3` at the true resolution, two pages at a time."""
    pages = convert_from_path(file, dpi=DPI[kind], grayscale=True)
    with ThreadPoolExecutor(2) as pool:
        return "\f".join(pool.map(lambda p: str(pytesseract.image_to_string(p, lang="vie", config=f"--psm 3 --dpi {DPI[kind]}")), pages))


def ocrmypdf(file: Path, _kind: str) -> str:
    """`ocrmypdf -l vie --deskew --force-ocr --jobs 2`: the text of its sidecar."""
    with TemporaryDirectory() as folder:
        target = Path(folder, "sidecar.txt")
        command = [*peer_command(), "--sidecar", str(target), str(file), str(Path(folder, "out.pdf"))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return target.read_text("utf-8")


def peer_command() -> list[str]:
    """OCRmyPDF with the settings of the comparison; plain PDF, since PDF/A needs Ghostscript."""
    return [str(OCRMYPDF), "-q", "-l", "vie", "--deskew", "--force-ocr", "--output-type", "pdf", "--jobs", "2"]


ENGINES: dict[str, Callable[[Path, str], str]] = {"vanthu": vanthu, "tesseract": tesseract, "ocrmypdf": ocrmypdf}


def at_hand() -> list[str]:
    """The engines that can run here; says which cannot."""
    if OCRMYPDF is None:
        print("ocrmypdf is not installed: left out (benchmarks/engines.py says how to have it)\n")
    return [name for name in ENGINES if name != "ocrmypdf" or OCRMYPDF]


def read(engine: str, file: Path, kind: str) -> Reading:
    """The file read by an engine, or what it read before."""
    own = _code() if engine == "vanthu" else "1"
    key = hashlib.sha256(file.read_bytes() + own.encode()).hexdigest()[:20]
    kept = scans.BUILD / "read" / engine / f"{key}.json"
    if kept.exists():
        return Reading(**json.loads(kept.read_text("utf-8")))
    os.environ["OMP_THREAD_LIMIT"] = "1"
    began, before = time.monotonic(), cpu()
    text = ENGINES[engine](file, kind)
    done = Reading(text, int(pdfinfo_from_path(file)["Pages"]), time.monotonic() - began, cpu() - before)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(asdict(done), ensure_ascii=False), encoding="utf-8")
    return done


def cpu() -> float:
    """Seconds of this process and of all that it has started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


@cache
def _code() -> str:
    """A hash of the code and the model that read."""
    home = scans.HERE.parent
    files = [*(home / "models").glob("*.py"), *(home / "vanthu" / "ocr").glob("*"), *(home / "vanthu" / "readers").glob("*")]
    files += (home / "extractors" / "lexicon").glob("*.tsv")
    files.append(model.folder() / f"{model.LANGUAGE}.traineddata")
    return hashlib.sha256(b"".join(f.read_bytes() for f in sorted(files) if f.is_file())).hexdigest()
