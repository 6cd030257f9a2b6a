"""Seconds of extraction by length: a letter of ten pages, plans of 100, 200 and 300, on one core, after start-up.

    python -m benchmarks.long_plans [--pages 10,100,200,300] [--rounds 3] [--profile 300]

A plan of N pages: the first page of the longest document of the corpus, then pages of all its documents as they were printed (lists,
tables, articles) in turn, and its last page. Processor time of the quickest round, each with what was kept of earlier sentences
forgotten; growth is read by the last column. Beside it, in the same run, the plainest thing that goes over all of the text: `fold`.
"""

import argparse
import cProfile
import functools
import pstats
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice

from benchmarks import reads
from extractors import extract
from models.context import Context
from models.document import Document, Page
from models.text import fold


def plan(pages: int, papers: list[Document]) -> Document:
    """A document of that many pages."""
    longest = max(papers, key=lambda d: len(d.pages))
    inner = cycle(page for paper in papers if len(paper.pages) > 1 for page in paper.pages[1:-1] or paper.pages[1:])
    chosen = [longest.pages[0], *islice(inner, pages - 2), longest.pages[-1]]
    return Document.assemble(list(_numbered(chosen)))


def _numbered(pages: list[Page]) -> Iterator[Page]:
    """Pages and tables counted through."""
    for number, page in enumerate(pages, 1):
        lines = [replace(line, table=None if line.table is None else 100 * number + line.table) for line in page.lines]
        yield replace(page, number=number, lines=tuple(lines))


def forget() -> None:
    """Empty what extractors keep of earlier sentences; lexicon and language tools stay loaded."""
    for name, module in list(sys.modules.items()):
        for kept in vars(module).values() if name.startswith("extractors.") else ():
            if isinstance(kept, functools._lru_cache_wrapper) and kept.cache_parameters()["maxsize"]:
                kept.cache_clear()


def seconds(work: Callable[[Document], object], paper: Document, rounds: int) -> float:
    """Processor time of the quickest of some rounds."""
    took = []
    for _ in range(rounds):
        forget()
        started = time.process_time()
        work(paper)
        took.append(time.process_time() - started)
    return min(took)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="10,100,200,300")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", type=int, default=0)
    args = parser.parse_args()
    papers = [read.document for name in ("authored", "dev") for read in reads.read_set(name, "digital", 1, reuse=True)]
    extract(papers[0])
    if args.profile:
        long = plan(args.profile, papers)
        with cProfile.Profile() as profile:
            extract(long)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
        return
    print("| pages | letters | tasks | extraction, s | fold alone, s | ms a page |\n|---|---|---|---|---|---|")
    for pages in map(int, args.pages.split(",")):
        paper = plan(pages, papers)
        tasks = len(extract(paper, Context(file_name="scan.pdf")).tasks)
        took, plain = seconds(extract, paper, args.rounds), seconds(lambda text: fold(text.text), paper, args.rounds)
        print(f"| {pages} | {len(paper.text):,} | {tasks} | {took:.2f} | {plain:.3f} | {1000 * took / pages:.0f} |", flush=True)


if __name__ == "__main__":
    main()
