"""Pages a minute, processor time and memory: this project and OCRmyPDF make the same scan searchable, in the same run, in turn.

    python -m benchmarks.speed [--pages 12] [--rounds 2] [--seed 5] [--memory 300]

The scan: office and fax pages of the test set in one file. `--memory N`: this project reads a colour scan of N pages (full-size pages
with a few lines on each, so that it takes minutes and not hours; memory goes by the size of a page), all its processes counted together.
"""

import argparse
import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from benchmarks import engines, processes, scans

_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"


def mixed(target: Path, pages: int, seed: int) -> Path:
    """The first pages of the test set, every document once as an office scan and once as a fax."""
    with pikepdf.new() as out:
        most = max(2, pages // 4)
        pairs = zip(*(scans.texts("test", kind, seed, most=most) for kind in ("office", "fax")), strict=True)
        for file in (file for pair in pairs for file, _ in pair):
            with pikepdf.open(file) as some:
                out.pages.extend(some.pages[: pages - len(out.pages)])
        out.save(target)
    return target


def coloured(target: Path, pages: int) -> Path:
    """Colour scans of A4 at 200 dpi with a few lines each."""
    paper, font = canvas.Canvas(str(target), pagesize=(595, 842)), ImageFont.truetype(_FONT, 30)
    for page in range(pages):
        picture = Image.effect_noise((1654, 2339), 12).point(lambda v: min(255, v + 110)).convert("RGB")
        pen = ImageDraw.Draw(picture)
        for n in range(4):
            pen.text((190, 300 + 60 * n), f"Trang {page}, dòng {n}: báo cáo tình hình công tác trong quý.", (20, 20, 20), font)
        pen.ellipse((1100, 900, 1400, 1200), outline=(210, 30, 30), width=6)
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=70)
        paper.drawImage(ImageReader(packed), 0, 0, 595, 842)
        paper.showPage()
    paper.save()
    return target


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--memory", type=int, default=0)
    args = parser.parse_args()
    vanthu = [sys.executable, "-m", "vanthu", "pdf"]
    commands = {"vanthu pdf": vanthu} | ({"ocrmypdf": engines.peer_command()} if "ocrmypdf" in engines.at_hand() else {})
    print("| command | pages | pages a minute | CPU a page | memory at most, all processes |\n|---|---|---|---|---|")
    with TemporaryDirectory() as name:
        source, out = mixed(Path(name, "in.pdf"), args.pages, args.seed), Path(name, "out.pdf")
        for _ in range(args.rounds):
            for called, command in commands.items():
                print(_row(called, [*command, str(source), str(out)], args.pages), flush=True)
        if args.memory:
            source = coloured(Path(name, "long.pdf"), args.memory)
            print(_row("vanthu pdf, long", [*vanthu, str(source), str(out)], args.memory), flush=True)


def _row(called: str, command: list[str], pages: int) -> str:
    used = processes.run(command)
    if used.code:
        raise SystemExit(f"{called}: exit {used.code}\n{used.said}")
    return f"| {called} | {pages} | {60 * pages / used.seconds:.1f} | {used.cpu / pages:.1f} s | {used.megabytes:.0f} MB |"


if __name__ == "__main__":
    main()
