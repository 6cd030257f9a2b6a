"""Handwritten numbers and days end to end: letters in pens that the reader was not taught, scanned in four ways, read and extracted.

    python -m benchmarks.handwriting DATA [--pens kristi,gaegu] [--kinds office,fax] [--letters 8] [--seed 41]

DATA is the folder that `training/README.md` tells how to fill. Prints right, wrong and blank of the numbers and days, and of those in
the stamps of arrival, with the upper 95 % bound of the wrong (one-sided). Two pens are none: `typed` letters have nothing by hand, in
`blank` ones number and day are left open, and any number or date is wrong.
"""

import argparse
import base64
import random
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter
from types import ModuleType
from typing import Any, NamedTuple

from PIL import Image

from benchmarks import scans
from benchmarks.accuracy import upper

KINDS = {"clean": 300, "office": 200, "fax": 200, "photo": 220}
PENS = (
    "kristi,covered-by-your-grace,handlee,nanum-brush-script,zen-kurenaido,reenie-beanie,coming-soon,gaegu,patrick-hand,playwrite-vn,"
    "nothing-you-could-do,typed,blank"
)
NO_PENS = ("typed", "blank")
WHAT = ("number", "day", "number of arrival", "day of arrival")
_PLACES = ("Hà Nội", "Cần Thơ", "Đắk Lắk", "Bình Thuận", "Yên Bái", "Tuy Hòa", "Lai Châu", "Gò Công")
_SYMBOLS = ("UBND-NV", "QĐ-UBND", "SNV-TCCB", "BC-STC", "KH-UBND", "TB-VP", "SXD-QLN", "CV-PGDĐT", "UBND", "BNV-CCHC", "TTr-SKHĐT")


def typesetter() -> ModuleType:
    """The script that typesets the corpus, as a module."""
    loader = SourceFileLoader("typeset", str(scans.HERE / "typeset"))
    module = module_from_spec(spec_from_loader("typeset", loader))  # type: ignore[arg-type]
    loader.exec_module(module)
    return module


class Letter(NamedTuple):
    """What to typeset, and what is to be read: code, date (ISO), number and date (ISO) in the stamp of arrival."""

    source: dict[str, Any]
    code: str
    issued_on: str | None
    number_in: str | None
    received_on: str | None


def letter(rng: random.Random, pen: str) -> Letter:
    """A letter; half of those written by hand bear a stamp of arrival."""
    number = str(rng.randint(1, 10 ** rng.choice((2, 3, 3, 4, 4))))
    number = number.zfill(2) if rng.random() < 0.9 else number.zfill(4)
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2015, 2026)
    symbol, way = rng.choice(_SYMBOLS), {"typed": "%s", "blank": "\u00a0" * 8 + "%.0s"}.get(pen, "{{hand:%s}}")
    shown = f"{month:02d}" if month < 3 else str(month)
    shown = way % shown if rng.random() < 0.25 else shown
    gap = " " if rng.random() < 0.25 else ""
    doc = {
        "parent": ["UBND TỈNH BÌNH THUẬN"],
        "issuer": ["SỞ NỘI VỤ"],
        "number": f"Số: {way % number}{gap}/{symbol}",
        "about": "V/v báo cáo kết quả công tác cải cách hành chính",
        "place_date": f"{rng.choice(_PLACES)}, ngày {way % f'{day:02d}'} tháng {shown} năm {year}",
        "addressees": ["Ủy ban nhân dân các phường, xã"],
        "body": ["Thực hiện nhiệm vụ được giao, Sở Nội vụ đề nghị các đơn vị gửi báo cáo bằng văn bản để tổng hợp theo quy định."],
        "sign": {"position": "GIÁM ĐỐC", "name": "Nguyễn Văn An"},
    }
    arrived = random.Random(f"{number} {symbol} {year}")
    received = (None, None)
    if pen not in NO_PENS and arrived.random() < 0.5:
        on = date(year, month, day) + timedelta(arrived.randint(1, 20))
        received = (str(arrived.randint(1, 9999)), on.isoformat())
        doc["received"] = {"number": received[0], "date": f"{on.day:02d}/{on.month:02d}/{on.year}"}
    code = f"/{symbol}" if pen == "blank" else f"{number}/{symbol}"
    return Letter(doc, code, None if pen == "blank" else f"{year}-{month:02d}-{day:02d}", *received)


def letters(pen: str, kind: str, count: int, seed: int) -> list[Letter]:
    """The letters of one pen and kind of scan."""
    rng = random.Random(f"{seed} {pen} {kind}")
    return [letter(rng, pen) for _ in range(count)]


def scanned(data: Path, pen: str, kind: str, count: int, seed: int) -> Path:
    """Folder with the letters as scans, one file a letter; made once."""
    out = scans.BUILD / "handwriting" / f"{pen}-{kind}-{seed}"
    if len(list(out.glob("*.pdf"))) >= count:
        return out
    out.mkdir(parents=True, exist_ok=True)
    typeset = typesetter()
    rng = random.Random(f"{seed} {pen} {kind} scan")
    pages = [typeset.page(doc, rng, kind, pen)[0] for doc, *_ in letters(pen, kind, count, seed)]
    bodies = [re.search(r"<body>(.*)</body>", page, re.DOTALL)[1] for page in pages]  # type: ignore[index]
    head = pages[0].partition("<body>")[0].replace("<style>", f"<style>{font_face(data, pen)}")
    markup = head + "<body>" + "".join(f'<div style="break-after: page">{body}</div>' for body in bodies) + "</body></html>"
    with tempfile.TemporaryDirectory() as tmp:
        typeset.print_pdf(markup, Path(tmp, "d.pdf"))
        subprocess.run(["pdftoppm", "-r", str(KINDS[kind]), "-png", f"{tmp}/d.pdf", f"{tmp}/p"], check=True)
        for n, picture in enumerate(sorted(Path(tmp).glob("p*.png"))[:count]):
            typeset.damage(Image.open(picture).convert("RGB"), kind, rng).save(out / f"{n:02d}.pdf", "PDF", resolution=KINDS[kind])
    return out


def font_face(data: Path, pen: str) -> str:
    """The pen's font, inside the page: nothing needs installing."""
    file = next((data / "node_modules/@fontsource" / pen / "files").glob(f"{pen}-latin-400-normal.woff2"), None)
    if file is None:
        return ""
    return f'@font-face {{ font-family: "{pen}"; src: url(data:font/woff2;base64,{base64.b64encode(file.read_bytes()).decode()}) }}\n'


class Read(NamedTuple):
    """What was extracted of one scan, in the order of `WHAT`; seconds of reading it, and those for what is by hand on its two lines."""

    values: tuple[str | None, ...]
    seconds: float
    by_hand: float


def values(file: Path) -> Read:
    """One scan read under a neutral name."""
    from extractors import extract
    from models.context import Context
    from vanthu.ocr import handwriting
    from vanthu.readers import read

    find, spent = handwriting.find, 0.0

    def timed(*args: Any) -> Any:
        nonlocal spent
        began = perf_counter()
        found = find(*args)
        spent += perf_counter() - began
        return found

    handwriting.find = timed
    began = perf_counter()
    document = read(file)
    seconds = perf_counter() - began
    handwriting.find = find
    record = extract(document, Context(file_name="scan.pdf")).as_json()
    stamp = record["received_stamp"] or {}
    return Read((record["code"], record["issued_on"], stamp.get("number"), stamp.get("date")), seconds, spent)


def judged(got: str | None, truth: str | None) -> str:
    """`right`, `wrong` or `blank`; numbers are compared as they stand."""
    return "blank" if got is None else "right" if got == truth else "wrong"


def verdicts(read: list[Read], wanted: list[Letter]) -> Iterator[tuple[str, str, str]]:
    """(what, verdict, what was read for what) of each number and day."""
    for got, letter in zip(read, wanted, strict=True):
        for what, value, true in zip(WHAT, got.values, letter[1:], strict=True):
            if what in ("number", "day") or letter.number_in:
                yield what, judged(value, true), f"{value} for {true}"


def row(title: str, tally: Counter[tuple[str, str]]) -> str:
    """One line of the table."""
    cells = [title]
    for what in WHAT:
        n = sum(count for (kind, _), count in tally.items() if kind == what)
        right, wrong, blank = (tally[what, verdict] for verdict in ("right", "wrong", "blank"))
        cells.append(f"{right} / {wrong} / {blank} of {n}; wrong ≤ {upper(wrong, n):.1%}" if n else "")
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pens", default=PENS)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--letters", type=int, default=8)
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    tallies: dict[str, Counter[tuple[str, str]]] = {}
    everything: list[Read] = []
    for pen, kind in product(args.pens.split(","), args.kinds.split(",")):
        files = sorted(scanned(args.data, pen, kind, args.letters, args.seed).glob("*.pdf"))[: args.letters]
        with ProcessPoolExecutor(2) as pool:
            read = list(pool.map(values, files))
        everything += read
        for what, verdict, told in verdicts(read, letters(pen, kind, args.letters, args.seed)):
            for title in (pen,) if pen in NO_PENS else (kind, pen, "all by hand"):
                tallies.setdefault(title, Counter())[what, verdict] += 1
            if args.details and verdict != "right":
                print(f"{pen} {kind} {what} {verdict}: {told}", flush=True)
    print("| scan or pen | " + " | ".join(f"{what}: right / wrong / blank" for what in WHAT) + " |\n|---|" + "---|" * len(WHAT))
    for title in [*args.kinds.split(","), *args.pens.split(","), "all by hand"]:
        if title in tallies:
            print(row(title, tallies[title]))
    by_hand, whole = median(r.by_hand for r in everything), median(r.seconds for r in everything)
    print(f"{1000 * by_hand:.0f} ms of {1000 * whole:.0f} ms a page go to what is by hand (medians, {len(everything)} pages)")


if __name__ == "__main__":
    main()
