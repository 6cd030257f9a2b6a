"""Memory and time of large files: 600 pages, 30,000 × 30,000 pixels, each read in a process of its own.

`python -m benchmarks.large [PAGES]`
"""

import io
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

READ = """
import sys
from pathlib import Path
from vanthu import readers
document = readers.read(Path(sys.argv[1]))
notes = sorted({note for page in document.pages for note in page.notes} | set(document.notes))
print(len(document.pages), "pages", len(document.text), "characters", *notes)
"""


def born_digital(path: Path, pages: int) -> Path:
    """Pages of forty lines with a text layer."""
    paper = canvas.Canvas(str(path), pagesize=(595, 842))
    for page in range(pages):
        for line in range(40):
            paper.drawString(60, 790 - 18 * line, f"Trang {page}, dòng {line}: báo cáo tình hình công tác trong quý và các khó khăn.")
        paper.showPage()
    paper.save()
    return path


def scanned(path: Path, pages: int) -> Path:
    """White scans of A4 at 200 dpi, each a little different."""
    paper = canvas.Canvas(str(path), pagesize=(595, 842))
    for page in range(pages):
        out = io.BytesIO()
        picture = Image.new("L", (1654, 2339), 255)
        picture.putpixel((page, page), 0)
        picture.save(out, "PNG")
        paper.drawImage(ImageReader(out), 0, 0, 595, 842)
        paper.showPage()
    paper.save()
    return path


def picture(path: Path, mode: str, **how: str) -> Path:
    """30,000 × 30,000 white pixels."""
    Image.new(mode, (30_000, 30_000), "white").save(path, **how)
    return path


def measured(path: Path) -> str:
    """What reading said, seconds, and megabytes at the most."""
    started = time.monotonic()
    said = path.with_suffix(".said")
    child = os.fork()
    if child == 0:
        os.dup2(os.open(said, os.O_CREAT | os.O_WRONLY, 0o600), 1)
        os.execv(sys.executable, [sys.executable, "-c", READ, str(path)])
    _, status, used = os.wait4(child, 0)
    text = said.read_text(encoding="utf-8").strip()
    seconds, code = time.monotonic() - started, os.waitstatus_to_exitcode(status)
    return f"{path.name:<12} {seconds:6.1f} s {used.ru_maxrss / 1024:6.0f} MB  exit {code}  {text}"


def main() -> None:
    """One line a file."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    Image.MAX_IMAGE_PIXELS = None
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path in (
            born_digital(folder / "text-6.pdf", 6),
            born_digital(folder / "text.pdf", pages),
            scanned(folder / "scans.pdf", pages),
        ):
            print(measured(path), flush=True)
        for mode, ending, how in (("RGB", "rgb.png", {}), ("1", "1.png", {}), ("1", "g4.tif", {"compression": "group4"})):
            print(measured(picture(folder / ending, mode, **how)), flush=True)


if __name__ == "__main__":
    main()
