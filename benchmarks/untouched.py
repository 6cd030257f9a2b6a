"""Words of text without errors that the correction changes: the printed texts of the corpus and the words of born-digital PDFs.

    python -m benchmarks.untouched [--confidence 0.96] [FILE.txt ...]

Every word is given a confidence at which it may be changed (0.7): what the correction does to right words when Tesseract is unsure of
all of them; at 0.96, as when it is sure. In reading, born-digital text is never corrected at all; this is the harm that the rules could
do to a scan.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks import scans
from benchmarks.accuracy import upper
from models.document import Box, Word
from vanthu.ocr import correct, letter_case, office_style


def texts(value: object) -> Iterator[str]:
    """All strings of a source, each a printed line or paragraph."""
    if isinstance(value, str):
        yield value.replace("{{hand:", "").replace("}}", "")
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def changed(text: str, confidence: float) -> tuple[int, list[tuple[str, str]]]:
    """(words, those that were changed with what became of them) of a line."""
    words = [Word(part, Box(0, 0, 10, 10), confidence) for part in text.split()]
    after = correct.mended(office_style.mended(letter_case.mended(words)))
    return len(words), [(a.text, b.text) for a, b in zip(words, after, strict=False) if a.text != b.text]


def main() -> None:
    """A row a set, and the words that were changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--confidence", type=float, default=0.7)
    parser.add_argument("files", nargs="*", type=Path)
    args = parser.parse_args()
    sources = {name: (scans.source(name) / "source").glob("*.yaml") for name in scans.SETS}
    sets = {name: [*texts([yaml.safe_load(p.read_text("utf-8")) for p in some])] for name, some in sources.items()}
    if args.files:
        sets = {path.name: path.read_text("utf-8").splitlines() for path in args.files}
    every: Counter[tuple[str, str]] = Counter()
    print("| set | words changed |\n|---|---|")
    for name, some in sets.items():
        n, bad = 0, 0
        for text in some:
            count, pairs = changed(text, args.confidence)
            n, bad = n + count, bad + len(pairs)
            every.update(pairs)
        print(f"| {name} | {bad}/{n} ≤{upper(bad, n) if bad < 200 else bad / n:.5f} |")
    for (was, became), times in every.most_common():
        print(f"{times:4} {was} → {became}")


if __name__ == "__main__":
    main()
