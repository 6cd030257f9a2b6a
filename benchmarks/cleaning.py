"""What each step of reading a scan brings: errors of letters with all steps, and with each of them left out.

    python -m benchmarks.cleaning [--kinds clean,office,fax,photo] [--set dev] [--only d02,d20] [--seed 21] [--steps edges,skew]

A row a step, a column a kind of scan; a step is left out only of the kinds that it can touch. Documents on which rules are tuned will
do: what is asked is what a step brings, not how good the whole is. Errors as `benchmarks/cer` counts them.
"""

import argparse
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import scans
from benchmarks.reading import cer

COLOURED, GREY, ALL = ("office", "photo"), ("clean", "office"), ("clean", "office", "fax", "photo")


def first(value: Any, *_: Any) -> Any:
    """A step that changes nothing."""
    return value


def second(_: Any, value: Any, *__: Any) -> Any:
    """The same of a step that is given the picture first."""
    return value


def nothing(*_: Any) -> None:
    """A step that finds nothing."""


def none(*_: Any) -> list[Any]:
    """A step that finds no lines, no tables."""
    return []


def straight(*_: Any) -> float:
    """No skew."""
    return 0.0


def grey_alone(picture: Any) -> Any:
    """All ink as one layer."""
    import cv2

    from vanthu.ocr import clean

    return clean.Layers(clean.even(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)), None)


def no_seals(grey: Any) -> Any:
    """Seals of grey scans stay."""
    from vanthu.ocr.clean import Layers

    return Layers(grey, None)


def as_printed(printed: Any, *_: Any) -> Any:
    """No line by hand is looked for."""
    return printed, []


def third(_: Any, __: Any, printed: Any, *___: Any) -> Any:
    """Lines as they were read first."""
    return printed


STEPS: dict[str, tuple[str, str, Any, Sequence[str]]] = {
    "even light": ("ocr.clean", "even", first, ("clean", "office", "photo")),
    "coloured ink apart": ("ocr.page", "layers", grey_alone, COLOURED),
    "seals of grey scans apart": ("ocr.clean", "_grey_layers", no_seals, GREY),
    "lone dots removed and edges softened": ("ocr.clean", "without_specks", first, ("fax",)),
    "edges softened": ("ocr.clean", "_RAGGED", 9.0, ("fax",)),
    "dark edges cut": ("ocr.page", "without_edges", first, ALL),
    "drawings removed": ("ocr.page", "without_drawings", first, ALL),
    "skew": ("ocr.page", "skew_of", straight, ("office", "fax", "photo")),
    "leaning lines": ("ocr.rulings", "lean", nothing, ("clean", "office", "photo")),
    "sheet found": ("ocr.page", "sheet_matrix", nothing, ("photo",)),
    "working resolution": ("ocr.render", "working_dpi", first, ("clean",)),
    "tables by cells": ("ocr.rulings", "grids", none, ALL),
    "head and foot by columns": ("ocr.blocks", "reread", third, ALL),
    "ink without words read again": ("ocr.missed", "found", none, ALL),
    "dashes by shape": ("ocr.dashes", "mended", second, ALL),
    "heights of letters": ("ocr.heights", "mended", second, ALL),
    "numbers by hand": ("ocr.handwriting", "find", as_printed, ALL),
    "numerals before rows": ("ocr.order_numbers", "mended", first, ALL),
    "letter case": ("ocr.recognise", "mended", first, ALL),
    "office style": ("ocr.office_style", "lines", first, ALL),
    "titles": ("ocr.titles", "mended", first, ALL),
    "tones by compounds": ("ocr.correct", "lines", first, ALL),
}
"""Step → module of vanthu, name in it, what stands in its place, the kinds of scan that it touches."""


def without(step: str | None) -> None:
    """Leave a step out, in this process, for good."""
    if step is None:
        return
    from importlib import import_module

    module, name, instead, _ = STEPS[step]
    import_module("vanthu.readers.scan")
    vars(import_module(f"vanthu.{module}"))[name] = instead


def errors(step: str | None, jobs: list[tuple[Path, Path]]) -> tuple[int, int]:
    """(errors, letters) without a step; in a process of its own, as what is left out stays out."""
    without(step)
    from vanthu.readers import read

    count = cer()
    found = [count.errors(read(file).text, printed.read_text("utf-8")) for file, printed in jobs]
    return sum(f[0] for f in found), sum(f[1] for f in found)


def table(kinds: Sequence[str], steps: Sequence[str], jobs: Callable[[str], list[tuple[Path, Path]]]) -> None:
    """Print the rows, each when it is known."""
    print("| left out | " + " | ".join(kinds) + " |\n" + "|---" * (len(kinds) + 1) + "|", flush=True)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        for step in (None, *(name for name in steps if set(kinds) & set(STEPS[name][3]))):
            cells = []
            for kind in kinds:
                if step and kind not in STEPS[step][3]:
                    cells.append("")
                    continue
                wrong, letters = pool.submit(errors, step, jobs(kind)).result()
                cells.append(f"{wrong} = {100 * wrong / letters:.2f} %")
            print(f"| {step or 'nothing'} | " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default=",".join(ALL))
    parser.add_argument("--set", default="dev")
    parser.add_argument("--only", default="", help="beginnings of names of documents")
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--steps", default=",".join(STEPS))
    args = parser.parse_args()
    wanted = tuple(args.only.split(","))

    def jobs(kind: str) -> list[tuple[Path, Path]]:
        return scans.texts(args.set, kind, args.seed, only=wanted)

    table(args.kinds.split(","), args.steps.split(","), jobs)


if __name__ == "__main__":
    main()
