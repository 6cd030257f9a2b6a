"""Bố cục đánh số: the tree of phần, điều, khoản, điểm and bullets (Decree 30/2020, Annex I), each with its printed path."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors._markers import LETTERS, ORDINALS, Kind, Marker, guesses, readings
from extractors._outline import closes_document, enforces, is_heading, is_title, opens_body, opens_list
from extractors._paragraphs import Paragraph
from models.found import Span
from models.text import fold

_RANK: dict[Kind | str, float] = {
    "part": 0,
    "capital": 0.5,
    "article": 1,
    "roman": 1.5,
    "word": 2.5,
    "number": 2,
    "letter": 3,
    "plain": 3.5,
    "dash": 4,
    "plus": 5,
}
_BULLETS = ("dash", "plus")


@dataclass(frozen=True, slots=True)
class Item:
    """Một mục of the text.

    `ordinal`: printed path (`Điều 2.1.a`), None where nothing is numbered; `text`: its paragraphs joined, marker left off, with
    `offsets` into `Document.text`; `parent`, `children`: indexes of items; `heading`: it only names what stands under it.
    """

    index: int
    ordinal: str | None
    text: str
    offsets: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]
    kind: str
    parent: int | None
    children: tuple[int, ...]
    heading: bool
    zone: str = "body"

    def spans(self) -> tuple[Span, ...]:
        """Where its paragraphs stand in `Document.text`."""
        return tuple(p.span(0, len(p.text)) for p in self.paragraphs)


@dataclass(slots=True)
class _Node:
    kind: str
    value: str
    path: str | None
    parent: int | None
    paragraphs: list[Paragraph]
    width: int
    heading: bool = False
    children: list[int] = field(default_factory=list)


def find(*, paragraphs: tuple[Paragraph, ...]) -> tuple[Item, ...]:
    """Các mục of body and annexes in order; table rows are not among them."""
    tree = _Tree()
    for n, paragraph in enumerate(paragraphs):
        tree.add(paragraph, paragraphs[n + 1 :])
    return tree.items()


class _Tree:
    def __init__(self) -> None:
        self.nodes: list[_Node] = []
        self.stack: list[int] = []
        self.zone = "body"
        self.broken = False

    def add(self, here: Paragraph, rest: Sequence[Paragraph]) -> None:
        if here.table is not None:
            self.broken = True
            return
        if here.zone != self.zone:
            self.stack, self.zone = [], here.zone
        marker = self._choose(here.text)
        if marker:
            marker = self._settle_one(here, marker, rest)
        following = rest[0] if rest and rest[0].table is None and rest[0].zone == here.zone else None
        if marker:
            self._push(marker.kind, marker.value, here, marker.width, is_heading(here.text[marker.width :], following))
        else:
            self._unmarked(here, following, rest)
        self.broken = False

    def _choose(self, text: str) -> Marker | None:
        """The reading that goes on an open list, else one that opens a list, else the likeliest."""
        found = readings(text)
        for step in (1, 2):
            for marker in found:
                if self._open(marker, step):
                    return marker
        repeated = next((m for m in found if m.kind == "roman" and (n := self._last("roman")) and n.value == m.value), None)
        if repeated:
            # two headings cannot bear one number: a stroke of the second was lost
            return self._next_roman(repeated)
        return self._guess(text, found) or next((m for m in found if _first(m)), found[0] if found else None)

    def _guess(self, text: str, found: tuple[Marker, ...]) -> Marker | None:
        """A misread marker, taken only where it is the very next of an open list."""
        for marker in guesses(text):
            if marker.value == "?" and not any(m.kind == "roman" for m in found):
                return self._next_roman(marker)
            if self._open(marker, 1):
                return marker
        return None

    def _settle_one(self, here: Paragraph, marker: Marker, rest: Sequence[Paragraph]) -> Marker:
        """I or 1: what comes next tells. `1. MỤC ĐÍCH` before another `1.` was I; `I. Rà soát …` before `2.` was 1."""
        capitals = here.text[marker.width :].isupper()
        coming = next((found for p in rest[:4] if (found := readings(p.text))), ())
        values = {m.value for m in coming if m.kind == "number"}
        if marker.kind == "number" and marker.value == "1" and capitals and "1" in values:
            return replace(marker, kind="roman", value="I")
        alone = marker.kind == "roman" and marker.value == "I" and not capitals and self._last("roman") is None
        return replace(marker, kind="number", value="1") if alone and "2" in values else marker

    def _last(self, kind: str) -> "_Node | None":
        return next((self.nodes[i] for i in reversed(self.stack) if self.nodes[i].kind == kind), None)

    def _next_roman(self, marker: Marker) -> Marker:
        last = self._last("roman")
        place = _place("roman", last.value) if last else 0
        return replace(marker, value=_ROMANS[min(place or 0, len(_ROMANS) - 1)])

    def _open(self, marker: Marker, step: int = 0) -> bool:
        return any(self.nodes[i].kind == marker.kind and _follows(marker.kind, self.nodes[i].value, marker.value, step) for i in self.stack)

    def _push(self, kind: str, value: str, here: Paragraph, width: int, heading: bool) -> None:
        self._unwind(kind, value)
        parent = self.stack[-1] if self.stack else None
        path = self._path(kind, value, parent)
        self.nodes.append(_Node(kind, value, path, parent, [here], width, heading))
        if parent is not None:
            self.nodes[parent].children.append(len(self.nodes) - 1)
        self.stack.append(len(self.nodes) - 1)

    def _unwind(self, kind: str, value: str) -> None:
        """Close what the new item does not stand under."""
        same = [n for n, i in enumerate(self.stack) if self.nodes[i].kind == kind]
        if kind in _BULLETS:
            if same:
                del self.stack[same[-1] :]
            while self.stack and self.nodes[self.stack[-1]].kind == "plus" and kind == "dash" and not same:
                break
            return
        going_on = [n for n in same if _follows(kind, self.nodes[self.stack[n]].value, value)]
        if going_on:
            del self.stack[going_on[-1] :]
            return
        while self.stack and _RANK[self.nodes[self.stack[-1]].kind] >= _RANK[kind] and not self._under(kind, value):
            self.stack.pop()

    def _under(self, kind: str, value: str) -> bool:
        """1.1 stands under 1, and 1.1.1 under 1.1."""
        top = self.nodes[self.stack[-1]]
        return kind == top.kind == "number" and value.startswith(f"{top.value}.")

    def _path(self, kind: str, value: str, parent: int | None) -> str | None:
        above = self.nodes[parent].path if parent is not None else None
        if kind in (*_BULLETS, "plain"):
            return above
        if kind == "article" or not above:
            return value
        if kind == "number" and parent is not None and self.nodes[parent].kind == "number":
            head = self.nodes[parent].value
            return f"{above}{value[len(head) :]}" if value.startswith(f"{head}.") else f"{above}.{value}"
        return f"{above}.{value}"

    def _unmarked(self, here: Paragraph, following: Paragraph | None, rest: Sequence[Paragraph]) -> None:
        top = self.nodes[self.stack[-1]] if self.stack else None
        coming = [p for p in rest if p.zone == here.zone and p.table is None]
        scope = self._scope(here, following)
        last = all(closes_document(p.text, last=False) for p in coming)
        if scope == "root" or (closes_document(here.text, last=last) and not self._goes_on(coming)):
            self.stack = []
            self._push("plain", "", here, 0, scope == "root")
        elif scope == "bullets":
            self._push("plain", "", here, 0, True)
        elif top is None or self.broken or top.heading or enforces(here.text):
            self._leaf(here, top.path if top else None)
        else:
            top.paragraphs.append(here)

    def _goes_on(self, coming: Sequence[Paragraph]) -> bool:
        """True where an item that goes on an open list is still to come."""
        return any(self._open(marker) for p in coming for marker in readings(p.text))

    def _scope(self, here: Paragraph, following: Paragraph | None) -> str:
        """What an unnumbered paragraph is head of: "root" a new list, "bullets" the bullets under it, "" nothing."""
        if is_title(here.text):
            return "root"
        if following is None or not opens_list(here.text):
            return ""
        marker = self._choose(following.text)
        if not self.stack:
            return "root"
        if marker is None:
            return "root" if opens_body(here.text) else ""
        if marker.kind in _BULLETS:
            return "bullets" if self.nodes[self.stack[-1]].kind in (*_BULLETS, "plain") else ""
        return "root" if _first(marker) and _RANK[marker.kind] <= _RANK[self.nodes[self.stack[0]].kind] else ""

    def _leaf(self, here: Paragraph, path: str | None) -> None:
        """A paragraph of its own under the heading that is open, itself closed at once."""
        parent = next((i for i in reversed(self.stack) if self.nodes[i].heading), None)
        self.nodes.append(_Node("leaf", "", self.nodes[parent].path if parent is not None else path, parent, [here], 0))
        if parent is not None:
            self.nodes[parent].children.append(len(self.nodes) - 1)

    def items(self) -> tuple[Item, ...]:
        return tuple(_freeze(n, node) for n, node in enumerate(self.nodes))


def _freeze(index: int, node: _Node) -> Item:
    text, offsets = node.paragraphs[0].text[node.width :], list(node.paragraphs[0].offsets[node.width :])
    for more in node.paragraphs[1:]:
        if text:
            text += " "
            offsets.append(offsets[-1] + 1)
        text += more.text
        offsets += more.offsets
    zone = node.paragraphs[0].zone
    return Item(
        index, node.path, text, tuple(offsets), tuple(node.paragraphs), node.kind, node.parent, tuple(node.children), node.heading, zone
    )


_ROMANS = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)


def _place(kind: str, value: str) -> int | None:
    """Which one of its list a marker is, from 1."""
    last = value.rpartition(".")[2] if kind == "number" else value.rpartition(" ")[2]
    if kind in ("number", "article", "part") and last.isdigit():
        return int(last)
    if kind in ("roman", "part") and last.upper() in _ROMANS:
        return _ROMANS.index(last.upper()) + 1
    if kind == "capital":
        return ord(last) - ord("A") + 1
    if kind == "word":
        return ORDINALS.get(fold(value))
    return LETTERS.index(last) + 1 if kind == "letter" and last in LETTERS else None


def _first(marker: Marker) -> bool:
    return _place(marker.kind, marker.value) == 1 or marker.kind in _BULLETS


def _follows(kind: str, before: str, value: str, step: int = 0) -> bool:
    """True where `value` is `step` after `before`; without `step` the next or the one after it, as a marker may be lost."""
    if kind == "number" and before.rpartition(".")[0] != value.rpartition(".")[0]:
        return False
    a, b = _place(kind, before), _place(kind, value)
    return a is not None and b is not None and (b - a == step if step else 1 <= b - a <= 2)
