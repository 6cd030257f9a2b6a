"""Stacks scanned into one file, made of the corpus, and where they are split: precision and recall over their documents' first pages.

`python -m benchmarks.batches [--group dev|test|held-out] [--kinds office,fax] [--stacks 24] [--details] [--whole N]`

Prints a row a kind: splits made that are right and wrong, first pages that were found, proposed or missed, with bounds of 95 %.
`--whole N` makes N stacks of each kind into real files, reads these, and says whether they are split as their pages are.
"""

import argparse
import random
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from benchmarks import batch_sheets, scans
from benchmarks.accuracy import upper
from benchmarks.batch_sheets import GROUPS, Unit
from models.document import Document, Page

FOLLOWED = {
    "dev": {"d03_so_gddt_chuyen_vb": "x02_duoc_sao_gui", "d12_tong_cong_ty_to_trinh": "x03_gui_kem"},
    "test": {"y02_chuyen": "b01_chi_thi"},
    "held-out": {},
}
"""Letters that say that another document is sent with them, and that document: the two are one entry."""

_ALONE = 0.12
_FOLLOW, _ANNEX, _COVER, _DUPLEX, _SEPARATED, _ODD_BLANK = 0.7, 0.35, 0.3, 0.25, 0.12, 0.08


@dataclass
class Stack:
    """Pages of one file: (unit, index of its page), and the places (from 0) where a document begins."""

    pages: list[tuple[Unit, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, unit: Unit, count: int, blanks: Iterable[Unit | None]) -> None:
        """The pages of a unit, each with its blank back where it has one."""
        for n, back in zip(range(count), blanks, strict=False):
            self.pages.append((unit, n))
            if back:
                self.pages.append((back, 0))


class Deck:
    """The units of a group and kind, with the pages of each as they were read."""

    def __init__(self, group: str, kind: str) -> None:
        self.group, self.kind = group, kind
        self.units = known_units(group)
        self.pages = {unit.name: batch_sheets.pages(unit, group, kind) for unit in self.units}
        self.named = {unit.name: unit for unit in self.units}

    def of(self, role: str, parent: str = "") -> list[Unit]:
        """Units of a role."""
        return [unit for unit in self.units if unit.role == role and unit.of == parent]

    def document(self, stack: Stack) -> Document:
        """The stack as it is read: each page as it was read on its own."""
        return Document.assemble([_renumbered(self.pages[unit.name][n], at, unit) for at, (unit, n) in enumerate(stack.pages, 1)])


@cache
def known_units(group: str) -> list[Unit]:
    """Units of a group, set once."""
    return batch_sheets.units(group)


def _renumbered(page: Page, number: int, unit: Unit) -> Page:
    shift = 1000 * (zlib.crc32(unit.name.encode()) % 10_000)
    lines = tuple(line if line.table is None else replace(line, table=line.table + shift) for line in page.lines)
    return replace(page, number=number, lines=lines)


def stack_of(deck: Deck, chance: random.Random) -> Stack:
    """A stack as a clerk feeds it into a scanner: one long document, or three to six."""
    names = [unit.name for unit in deck.of("document") if unit.name not in FOLLOWED[deck.group].values() or deck.group == "test"]
    chosen = chance.sample(names, 1 if chance.random() < _ALONE else chance.randint(3, 6))
    duplex, separated = chance.random() < _DUPLEX, chance.random() < _SEPARATED
    stack, blanks = Stack(), deck.of("blank")

    def add(unit: Unit) -> None:
        backs = (chance.choice(blanks) if duplex or chance.random() < _ODD_BLANK else None for _ in iter(int, 1))
        stack.add(unit, len(deck.pages[unit.name]), backs)

    if chance.random() < _COVER:
        add(chance.choice(deck.of("cover")))
    for n, name in enumerate(chosen):
        if n and separated:
            add(chance.choice(deck.of("separator")))
        stack.starts.append(len(stack.pages))
        add(deck.named[name])
        if name in FOLLOWED[deck.group] and chance.random() < _FOLLOW and FOLLOWED[deck.group][name] not in chosen:
            add(deck.named[FOLLOWED[deck.group][name]])
        elif annexes := [unit for unit in deck.of("annex", name) if chance.random() < _ANNEX]:
            for annex in annexes:
                add(annex)
    return stack


def stacks(deck: Deck, count: int) -> list[Stack]:
    """The same stacks for the same group, kind and count."""
    return [stack_of(deck, random.Random(f"{deck.group} {deck.kind} {n}")) for n in range(count)]


@dataclass
class Counts:
    """Places where a document begins inside a stack, and what was said of them."""

    stacks: int = 0
    right: int = 0
    wrong: int = 0
    proposed: int = 0
    missed: int = 0
    needless: int = 0

    def row(self, group: str, kind: str) -> str:
        """One line of the table."""
        made, there = self.right + self.wrong, self.right + self.proposed + self.missed
        cells = [group, kind, str(self.stacks), f"{self.wrong}/{made} ≤{upper(self.wrong, made):.3f}" if made else "–"]
        lost = self.proposed + self.missed
        cells += [f"{lost}/{there} ≤{upper(lost, there):.3f}", str(self.proposed), str(self.missed), str(self.needless)]
        return "| " + " | ".join(cells) + " |"

    def add(self, other: "Counts") -> None:
        """Sum up."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def said(document: Document) -> tuple[set[int], set[int]]:
    """First pages (from 0) of the parts made, but for the first, and of those proposed."""
    from extractors._batches import split

    parts = split(document)
    made = {part.first - 1 for part in parts[1:]}
    return made, {proposal.page - 1 for part in parts for proposal in part.proposals}


def judge(stack: Stack, document: Document, details: str = "") -> Counts:
    """What was said of one stack."""
    made, proposed = said(document)
    true = {*stack.starts[1:]}
    if details:
        for at in sorted((made ^ true) | (proposed - made)):
            mark = "WRONG" if at in made - true else "needless" if at not in true else "proposed" if at in proposed else "MISSED"
            before, here = stack.pages[at - 1], stack.pages[at]
            print(f"{details} page {at + 1} {mark}: {before[0].name}.{before[1] + 1} → {here[0].name}.{here[1] + 1}")
    return Counts(1, len(made & true), len(made - true), len(true & proposed - made), len(true - made - proposed), len(proposed - true))


def whole(deck: Deck, stack: Stack) -> bool:
    """Does the stack as one real file, read whole, come apart as its pages do?"""
    from vanthu.readers import read

    with TemporaryDirectory() as folder, pikepdf.new() as file:
        for unit, n in stack.pages:
            with pikepdf.open(batch_sheets.pdf(unit, deck.group, deck.kind)) as one:
                file.pages.append(one.pages[n])
        path = Path(folder, "stack.pdf")
        file.save(path)
        return said(read(path)) == said(deck.document(stack))


def row(group: str, kind: str, count: int, details: bool, files: int) -> Counts:
    """Counts of one kind, its line printed."""
    deck = Deck(group, kind)
    made = stacks(deck, count)
    total = Counts()
    for n, stack in enumerate(made):
        total.add(judge(stack, deck.document(stack), f"{group} {kind} {n}" if details else ""))
    print(total.row(group, kind), flush=True)
    if files:
        same = [whole(deck, stack) for stack in made[:files]]
        print(f"read as whole files: {sum(same)} of {len(same)} come apart as their pages do")
    return total


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--group", choices=[*GROUPS], default="dev")
    parser.add_argument("--kinds", default=",".join(scans.KINDS))
    parser.add_argument("--stacks", type=int, default=24)
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--whole", type=int, default=0)
    args = parser.parse_args(arguments)
    print("| group | kind | stacks | wrong splits | first pages not split at | proposed | missed | needless proposals |")
    print("|---|---|---|---|---|---|---|---|")
    total = Counts()
    for kind in args.kinds.split(","):
        total.add(row(args.group, kind, args.stacks, args.details, args.whole))
    print(total.row(args.group, "all"))


if __name__ == "__main__":
    main()
