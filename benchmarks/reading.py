"""Character errors, lost lines and cells of tables, of this project beside plain Tesseract and OCRmyPDF on the same files.

    python -m benchmarks.reading [--kinds clean,office] [--sets test] [--documents 5] [--only t01,t02] [--seed 5] [--engines vanthu]

A row a kind of scan and engine. CER as `benchmarks/cer` counts: each printed line, paragraph and table row must stand together,
what is written by hand counts too; lost: lines of which over half is missing. Cells: those with the right text row by row, and (of
this project alone, which marks cells) each in its own column. Real scans are read where they are at hand.
"""

import argparse
import importlib.machinery
import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

from benchmarks import engines, scans, table_cells
from benchmarks.accuracy import upper

HEAD = "| scan | engine | documents | pages | characters | CER | lost lines | cells right | in their columns | CPU a page |"


def cer() -> ModuleType:
    """`benchmarks/cer` as a module."""
    loader = importlib.machinery.SourceFileLoader("cer", str(scans.HERE / "cer"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("cer", loader))  # type: ignore[arg-type]
    loader.exec_module(module)
    return module


def row(engine: str, kind: str, jobs: list[tuple[Path, Path]], details: bool) -> str:
    """One line of the table."""
    count = cer()
    edits = total = lost = pages = 0
    seconds = 0.0
    cells, columns = [0, 0], [0, 0]
    for file, printed in jobs:
        done, gold = engines.read(engine, file, kind), printed.read_text("utf-8")
        got = count.errors(done.text, gold)
        edits, total, lost = edits + got[0], total + got[1], lost + got[2]
        pages, seconds = pages + done.pages, seconds + done.cpu
        for sums, some in ((cells, table_cells.right), (columns, table_cells.in_their_columns)):
            good, n = some(done.text, gold, count.norm)
            sums[0], sums[1] = sums[0] + good, sums[1] + n
        if details:
            print(f"{file.stem:40}{100 * got[0] / got[1]:8.2f} %{got[2]:5d} lost")
    lines = sum(bool(line.strip()) for _, printed in jobs for line in printed.read_text("utf-8").splitlines())
    own = _share(*columns) if engine == "vanthu" else "–"
    figures = (
        f"{100 * edits / total:.2f} % | {lost}/{lines} ≤{upper(lost, lines):.4f} | {_share(*cells)} | {own} | {seconds / pages:.1f} s |"
    )
    return f"| {kind} | {engine} | {len(jobs)} | {pages} | {total} | {figures}"


def _share(good: int, n: int) -> str:
    return f"{good}/{n} = {100 * good / n:.1f} %" if n else "–"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default="clean,office,fax,photo")
    parser.add_argument("--sets", default="test" + (",real" if scans.source("real").exists() else ""))
    parser.add_argument("--documents", type=int, help="only the first so many of each set")
    parser.add_argument("--only", default="", help="beginnings of names of documents")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--pen", default=scans.PEN, help="an installed font for what is written by hand")
    parser.add_argument("--engines", help="vanthu,tesseract,ocrmypdf")
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    if shutil.which("chromium") is None:
        parser.error("chromium is missing, which prints the corpus: make setup-dev")
    some = args.engines.split(",") if args.engines else engines.at_hand()
    names = args.sets.split(",")
    print(f"seed {args.seed}, pen {args.pen}\n\n{HEAD}\n{'|---' * HEAD.count('| ')}|")
    for kind in [*args.kinds.split(","), *(["real"] if "real" in names else [])]:
        sets = ["real"] if kind == "real" else [n for n in names if n != "real"]
        jobs = [job for name in sets for job in scans.texts(name, kind, args.seed, args.pen, args.documents, tuple(args.only.split(",")))]
        for engine in some if jobs else []:
            print(row(engine, kind, jobs, args.details), flush=True)


if __name__ == "__main__":
    main()
