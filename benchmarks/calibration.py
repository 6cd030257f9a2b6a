"""Reliability of the confidences: of the words read with a confidence between so and so much, the share that is right.

    python -m benchmarks.calibration [--kinds office,fax] [--sets authored] [--documents 5] [--seed 5]

The words of a document are laid beside the printed ones in their order; a word that stands in the place of another is wrong. What
stands for nothing printed (stamps, dirt) is not counted, as it says nothing of letters. ECE: the mean distance of confidence and share.
"""

import argparse
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks import scans
from benchmarks.reading import cer
from models.document import Document

_EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 1.01)


def judged(document: Document, printed: str) -> Iterator[tuple[float, bool]]:
    """(confidence, right) of the words that stand for printed ones."""
    norm = cer().norm
    words = [(norm(word.text), word.confidence) for _, line in document.lines() for word in line.words]
    words = [(text, confidence) for text, confidence in words if text]
    gold = norm(printed).split()
    for part in Levenshtein.opcodes([text for text, _ in words], gold):
        if part.tag in ("equal", "replace"):
            yield from ((confidence, part.tag == "equal") for _, confidence in words[part.src_start : part.src_end])


def table(every: list[tuple[float, bool]]) -> Iterator[str]:
    """A row for each range of confidences, then the error of calibration."""
    off = 0.0
    for low, high in pairwise(_EDGES):
        inside = [(c, right) for c, right in every if low <= c < high]
        if inside:
            mean, share = sum(c for c, _ in inside) / len(inside), sum(right for _, right in inside) / len(inside)
            off += abs(mean - share) * len(inside)
            bar = "█" * round(20 * share)
            yield f"| {low:.2f}–{min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {share:.3f} | {bar} |"
    yield f"\n{len(every)} words, ECE {off / len(every):.4f}"


def main() -> None:
    """Print the table."""
    from vanthu.readers import read

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default="office,fax")
    parser.add_argument("--sets", default="authored")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    jobs: list[tuple[Path, Path]] = []
    for kind in args.kinds.split(","):
        jobs += [job for name in args.sets.split(",") for job in scans.texts(name, kind, args.seed, most=args.documents)]
    every = [one for file, printed in jobs for one in judged(read(file), printed.read_text("utf-8"))]
    print("| confidence | words | mean | right | |\n|---|---|---|---|---|")
    print("\n".join(table(every)))


if __name__ == "__main__":
    main()
