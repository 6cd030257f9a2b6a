"""Figures of extraction on the documents that rules were tuned on and on those that they were not.

    python -m benchmarks.extraction [--held test] [--kinds digital,clean,office,fax,photo] [--seed 1] [--most N] [--reuse] [--details SET]

A row for each group of inputs and each half of the corpus, `header`, `header_wrong` and `body` as `benchmarks/score` prints them;
then the same without the values that the source has written by hand. Beside each rate errors / n with its upper 95 % bound
(Clopper-Pearson): header values not right, header values wrong, items of lists missed. Seconds: extraction of one document on one
core, median and longest. `--reuse` takes documents as they were read by an earlier run, `--most` the first N of each set.
"""

import argparse
import json
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

from benchmarks import reads, scans
from benchmarks.accuracy import score, upper, without_hand
from extractors import extract
from models.context import Context

GROUPS = {"digital": ("digital",), "clean, office": ("clean", "office"), "fax, photo": ("fax", "photo")}
HEAD = "| input | documents | values | header | not right | header_wrong | wrong | body | items missed | s a document |"


def predict(read: reads.Read, folder: Path) -> float:
    """Write the record of a document that was read, and the gold beside it; the seconds that extraction took."""
    started = time.process_time()
    record = extract(read.document, Context(file_name="scan.pdf"))
    seconds = time.process_time() - started
    for part, text in (
        ("pred", json.dumps(record.as_json(), ensure_ascii=False, indent=1)),
        ("gold", (scans.source(read.name) / "gold" / f"{read.stem}.json").read_text("utf-8")),
    ):
        target = folder / read.name / part / f"{read.kind}__{read.stem}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return seconds


def pooled(folder: Path, names: list[str], *, printed: bool) -> tuple[Path, Path]:
    """Predictions and gold of several sets in one pair of folders; `printed`: values written by hand left out."""
    out = folder / ("printed" if printed else "all")
    for name in names:
        pred, gold = folder / name / "pred", folder / name / "gold"
        if printed:
            pred, gold = without_hand(name, pred, gold, folder / name / "printed")
        for part, source in (("pred", pred), ("gold", gold)):
            (out / part).mkdir(parents=True, exist_ok=True)
            for file in source.glob("*.json"):
                shutil.copy(file, out / part / f"{name}__{file.name}")
    return out / "pred", out / "gold"


def rate(errors: int, n: int) -> str:
    """`3/120 ≤0.064`."""
    return f"{errors}/{n} ≤{upper(errors, n):.3f}"


def cells(got: dict[str, Any]) -> list[str]:
    """The figures of one row."""
    values = [v for v in got["scalars"].values() if v["n"]]
    n = sum(v["n"] for v in values)
    wrong = sum(round(v["wrong"] * v["n"]) for v in values)
    not_right = sum(round((1 - v["right"]) * v["n"]) for v in values)
    lists = got["lists"].values()
    missed, items = sum(round((1 - v["recall"]) * v["gold"]) for v in lists), sum(v["gold"] for v in lists)
    parts = [f"{got['header']:.3f}", rate(not_right, n), f"{got['header_wrong']:.3f}", rate(wrong, n)]
    return [*parts, f"{got['body']:.3f}", rate(missed, items)]


def rows(group: str, kinds: list[str], names: list[str], args: argparse.Namespace) -> None:
    """Two rows for one group of inputs over some sets."""
    folder = scans.BUILD / "extraction" / f"{group.replace(', ', '-')}-{args.seed}-{names[-1]}"
    shutil.rmtree(folder, ignore_errors=True)
    papers = [
        paper for name in names for kind in kinds for paper in reads.read_set(name, kind, args.seed, reuse=args.reuse, most=args.most)
    ]
    extract(papers[0].document)  # start-up: the language tools are loaded once
    took = [predict(paper, folder) for paper in papers]
    for name in names:
        if name == args.details:
            score(folder / name / "pred", folder / name / "gold", details=True)
    for printed in (False, True):
        got = score(*pooled(folder, names, printed=printed))
        speed = "" if printed else f"{statistics.median(took):.2f}, at most {max(took):.2f}"
        label = f"{group}, {'+'.join(names)}"
        print("| " + " | ".join([label, str(got["documents"]), "printed" if printed else "all", *cells(got), speed]) + " |", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tuned", default=",".join(reads.TUNED_ON))
    parser.add_argument("--held", default=",".join(reads.HELD_OUT))
    parser.add_argument("--kinds", default=",".join(scans.KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int)
    parser.add_argument("--reuse", action="store_true")
    parser.add_argument("--details", default="")
    args = parser.parse_args()
    print(HEAD + "\n" + "|---" * HEAD.count(" | ") + "|---|")
    for group, kinds in GROUPS.items():
        wanted = [kind for kind in kinds if kind in args.kinds.split(",")]
        for half in (args.tuned, args.held):
            names = [name for name in half.split(",") if any((scans.source(name) / "gold").glob("*.json"))] if half else []
            if names and wanted:
                rows(group, wanted, names, args)


if __name__ == "__main__":
    main()
