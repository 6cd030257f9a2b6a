"""Right way up: scanned pages turned by 90, 180 and 270 degrees, and whether they are brought upright; upright ones must stay.

    python -m benchmarks.turned [--kinds office,fax,photo] [--sets test] [--documents 5] [--seed 5] [--whole]

Of each page the way up is asked for that reading asks for where a page reads badly; `--whole` reads the pages as they would be
(that takes several times as long), which also shows whether a turned page is noticed at all.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pdf2image import pdfinfo_from_path

from benchmarks import engines, scans
from benchmarks.accuracy import upper
from vanthu.ocr import upright
from vanthu.ocr.render import page_picture

Picture = NDArray[np.uint8]


def pictures(file: Path, dpi: int) -> Iterator[Picture]:
    """The pages of a file."""
    for number in range(1, int(pdfinfo_from_path(file)["Pages"]) + 1):
        yield page_picture(file, number, dpi)


def found(picture: Picture, dpi: int, turned: int, whole: bool) -> bool:
    """True where a page turned anticlockwise by so many degrees is turned back by as many."""
    lying = np.ascontiguousarray(np.rot90(picture, turned // 90))
    return (upright.recognise_upright(lying, dpi).rotation if whole else upright.rotation_of(lying, dpi)) == turned


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default="office,fax,photo")
    parser.add_argument("--sets", default="test")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--whole", action="store_true")
    args = parser.parse_args()
    print("| scan | turned by | wrong |\n|---|---|---|")
    for kind in args.kinds.split(","):
        files = [file for name in args.sets.split(",") for file, _ in scans.texts(name, kind, args.seed, most=args.documents)]
        pages = [page for file in files for page in pictures(file, engines.DPI[kind])]
        for turned in (0, 90, 180, 270):
            with ThreadPoolExecutor(2) as pool:
                good = list(pool.map(lambda p, t=turned, k=kind: found(p, engines.DPI[k], t, args.whole), pages))
            wrong = good.count(False)
            print(f"| {kind} | {turned}° | {wrong}/{len(good)} ≤{upper(wrong, len(good)):.4f} |", flush=True)


if __name__ == "__main__":
    main()
