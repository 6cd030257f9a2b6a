"""What the language tools bring: the lists of the record with and without each of them, on papers as read by `benchmarks.extraction`.

    python -m benchmarks.ablation [--sets authored,dev,test2,test] [--kinds digital] [--seed 1] [--reuse]

Left out, one at a time: underthesea's words and word classes (each syllable is then a word of no class), underthesea's sentences (a
cut after every full stop instead; the repairs after abbreviations stay), spaCy's Matcher (the signals round dates), spaCy's SpanRuler
(all phrases of orders and bodies), and of the latter's phrases each kind. F1 as `benchmarks/score` gives it; `code` and `issuer` are
there to show that the header does not depend on them.
"""

import argparse
import json
import multiprocessing
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from benchmarks import reads, scans
from benchmarks.accuracy import score

FIELDS = ("deadlines", "tasks", "tasks.lead", "tasks.support", "tasks.due_on", "replies_to", "references")


def no_words() -> None:
    """Each syllable a word, of no class."""
    import underthesea

    underthesea.pos_tag = lambda text: [(piece, "") for piece in re.findall(r"\w+(?:[./]\w+)*|[^\w\s]", text)]


def no_sentences() -> None:
    """A cut after each full stop with a blank."""
    import underthesea

    underthesea.sent_tokenize = lambda text: re.split(r"(?<=[.?!])\s+", text)


def no_signals() -> None:
    """No words round a date say anything."""
    from extractors import _setting, deadlines
    from extractors._signals import Signals

    for module in (_setting, deadlines):
        vars(module)["signals"] = lambda text: Signals(text, ())


def no_labels() -> None:
    """No phrase of the lexicon is known."""
    from extractors import _tagged

    vars(_tagged)["labels"] = lambda _: {}


def no_cue(kind: str) -> Callable[[], None]:
    """The SpanRuler without one kind of phrase."""

    def leave_out() -> None:
        from extractors import _labels

        vars(_labels)["_CUES"] = tuple(cue for cue in _labels._CUES if cue != kind)

    return leave_out


VARIANTS: dict[str, Callable[[], None]] = {
    "everything": lambda: None,
    "without underthesea's words": no_words,
    "without underthesea's sentences": no_sentences,
    "without spaCy's Matcher (signals)": no_signals,
    "without spaCy's SpanRuler": no_labels,
} | {f"without its {kind}": no_cue(kind) for kind in ("ASSIGN", "LEADING", "WITH", "START", "NAMING", "TELLS", "OPINION", "prefix")}


def measure(name: str, papers: list[reads.Read]) -> str:
    """One row, in a process of its own: what is left out stays out of no other row."""
    VARIANTS[name]()
    from extractors import extract
    from models.context import Context

    folder = scans.BUILD / "ablation" / re.sub(r"\W+", "-", name)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pred").mkdir(parents=True)
    (folder / "gold").mkdir()
    for paper in papers:
        stem = f"{paper.name}__{paper.kind}__{paper.stem}.json"
        record = extract(paper.document, Context(file_name="scan.pdf")).as_json()
        (folder / "pred" / stem).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        shutil.copy(scans.source(paper.name) / "gold" / f"{paper.stem}.json", folder / "gold" / stem)
    got = score(folder / "pred", folder / "gold")
    figures = [f"{got['lists'][field]['f1']:.3f}" for field in FIELDS]
    return f"| {name} | " + " | ".join([*figures, f"{got['header']:.3f}"]) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default=",".join((*reads.TUNED_ON[1:], *reads.HELD_OUT)))
    parser.add_argument("--kinds", default="digital")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reuse", action="store_true")
    args = parser.parse_args()
    papers = [
        paper
        for name in args.sets.split(",")
        for kind in args.kinds.split(",")
        for paper in reads.read_set(name, kind, args.seed, reuse=args.reuse)
    ]
    print("| | " + " | ".join((*FIELDS, "header")) + " |\n" + "|---" * (len(FIELDS) + 2) + "|", flush=True)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        for name in VARIANTS:
            print(pool.submit(measure, name, papers).result(), flush=True)


if __name__ == "__main__":
    main()
