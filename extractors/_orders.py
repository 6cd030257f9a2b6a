"""Mệnh lệnh: which items of the outline order something, with the bodies that they charge or inherit."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from extractors._clauses import Clause, parse
from extractors._cues import cue
from extractors._items import Item
from extractors._others import charges_others
from extractors._outline import is_title, opens_list, submits
from extractors._sections import Scope, is_past, names_member, opening, owners, section
from extractors._task_labels import is_label, labelled
from models.found import Span, exclude
from models.text import fold

_PLANS = frozenset(
    ["kế hoạch", "chương trình", "chỉ thị", "công điện", "phương án", "đề án", "hướng dẫn", "thông báo", "kết luận", "quy định"]
)
_SURE = {"assign": 0.96, "subject": 0.92, "verb": 0.9, "labelled": 0.93, "limit": 0.72}

_EFFECT = re.compile(r"^\W*(?:Quyết định|Nghị quyết) này có hiệu lực [^.]{0,60}\.\s+(?=\w.*thi hành)", re.DOTALL)
_ASKS = re.compile(r"^[^,;.:]{4,80} (?:(?:kinh|tran trong) )*(?:de nghi|yeu cau)\b")
"""`Sở Y tế đề nghị phối hợp …`: the writer asks, and names nobody."""

_GIVEN = re.compile(r" (?:đã )?được (?:giao|phân công)$")
_ANYBODY = ("nguoi", "ca nhan", "cong dan", "to chuc, ca nhan")
_LETTERS = frozenset(["công văn", "công điện"])
_AT_LENGTH = 9
"""Words of an order that is more than `nghiêm túc triển khai thực hiện`."""
_NAME = 90
"""An unnumbered line up to this long may be a heading that names a body or a section."""

Within = Callable[[Iterable[Span]], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Order:
    """An item that orders something; `inherited`: deadlines of the sentence above it."""

    ordinal: str | None
    text: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    spans: tuple[Span, ...]
    rule: str
    confidence: float
    inherited: tuple[int, ...] = ()


def orders(items: tuple[Item, ...], within: Within, kind: str, issuer: str) -> list[Order]:
    """All orders among `items`."""
    return _Walk(items, within, kind, issuer).found()


class _Walk:
    def __init__(self, items: tuple[Item, ...], within: Within, kind: str, issuer: str) -> None:
        self.items, self.within, self.kind, self.issuer = items, within, kind, issuer
        self.scopes: dict[int, Scope] = {}
        self.above: dict[int, Scope] = {}
        self.opened: dict[tuple[str, int | None], Scope] = {}
        self.orders: dict[int, Order] = {}
        self.only = False

    def found(self) -> list[Order]:
        for item in self.items:
            self._scope(item)
        for item in reversed(self.items):
            if not any(self._charged(child) for child in item.children) and (order := self._order(item)):
                self.orders[item.index] = order
        if not self.orders and self.kind in _LETTERS:
            self.only = True
            self.orders |= {item.index: order for item in self.items if (order := self._order(item))}
        return [self._with_rest(self.items[n], order) for n, order in sorted(self.orders.items())]

    def _charged(self, index: int) -> bool:
        return index in self.orders or any(self._charged(child) for child in self.items[index].children)

    def _above(self, item: Item) -> Scope:
        """What `item` inherits from the item that encloses it, or from the sentence that opens its list."""
        if item.index not in self.above:
            opened = self.opened.get((item.zone, item.parent))
            self.above[item.index] = opened or (self.scopes[item.parent] if item.parent is not None else Scope())
        return self.above[item.index]

    def _scope(self, item: Item) -> None:
        """What stands under `item` inherits."""
        above = self._above(item)
        introduces = item.heading or opens_list(item.text)
        if not introduces and not item.children:
            self.scopes[item.index] = above
            return
        intro = item.kind in ("plain", "leaf")
        lead, demand = opening(item.text) if intro else owners(item.text)
        if intro and not lead and len(item.text) < _NAME:
            lead, named = owners(item.text)
            demand = demand or named
        scope = self._inherit(item, above, () if intro and _same(lead, self.issuer) else lead, demand)
        self.scopes[item.index] = scope
        if introduces and intro:
            self.opened[item.zone, item.parent] = replace(
                scope, section=self._section(item) or (above.section if item.parent is not None else "")
            )

    def _inherit(self, item: Item, above: Scope, lead: tuple[str, ...], demand: bool) -> Scope:
        own = self._section(item)
        if above.section == "aims" and own != "charge":
            own = "aims"
        # what a long opening tells before its last sentence is history
        start = max(0, item.text.rfind(". ") + 1) if item.kind in ("plain", "leaf") else 0
        here = self.within([Span(item.offsets[start], item.offsets[-1] + 1)]) if item.offsets else ()
        return Scope(lead or above.lead, demand or above.demand, own or above.section, here or above.deadlines)

    def _section(self, item: Item) -> str:
        """Kind of section an item opens: by its heading, by the label it begins with, by what its article decides."""
        if item.kind == "article" and parse(self._first(item)).opinion:
            return "facts"
        label = re.match(r"[^.;:]{2,60}:(?=\s|$)", item.text)
        if item.kind in ("plain", "leaf") and not item.text.isupper() and not (label and len(item.text) < _NAME):
            return ""
        return section(item.text) if item.heading else section(label[0]) if label else ""

    def _order(self, item: Item) -> Order | None:
        above = self._above(item)
        if refused := self._refused(item, above):
            exclude(f"tasks.{refused}", *item.spans())
            return None
        clause = parse(self._first(item))
        member = names_member(item.text) and not clause.firm
        lead, support = labelled(self._whole(item))
        rule = "" if member else "labelled" if lead else self._rule(item, clause, above)
        if not rule:
            exclude("tasks.member-of-a-list" if member else "tasks.orders-nothing", *item.spans())
            return None
        # `Cho phép Bệnh viện …` in the hospital's own letter asks the one who is addressed
        permits = clause.form == "assign" and bool(above.lead) and _same(clause.lead, self.issuer)
        named = clause.lead
        if clause.form == "subject" and _same(named, self.issuer):
            named = charges_others(self._first(item)) or (() if _ASKS.search(fold(self._first(item))) else named)
        leads = lead or (() if permits else named) or above.lead
        return Order(item.ordinal, item.text, leads, support or clause.support, self._spans(item), rule, _SURE[rule], above.deadlines)

    def _refused(self, item: Item, above: Scope) -> str:
        """Why an item is no order whatever it says, "" where it may be one."""
        if item.kind in ("plain", "leaf") and opens_list(item.text):
            return "opens-a-list"
        if not item.text or (is_label(item.text) and not item.children):
            return "label"
        if is_title(item.text):
            return "heading"
        return "aims-or-facts" if "aims" in (above.section, self._section(item)) else ""

    def _first(self, item: Item) -> str:
        """The first paragraph of an item, its marker left off."""
        start = len(item.paragraphs[0].text) - (len(item.text) - sum(len(p.text) + 1 for p in item.paragraphs[1:]))
        return _EFFECT.sub("", item.paragraphs[0].text[start:])

    def _labels(self, item: Item) -> list[Item]:
        """Items under it that only give its particulars: they belong to its text."""
        return [child for n in item.children if is_label((child := self.items[n]).text)]

    def _whole(self, item: Item) -> str:
        return " ".join([item.text, *(child.text for child in self._labels(item))])

    def _spans(self, item: Item) -> tuple[Span, ...]:
        first = item.paragraphs[0]
        start = len(first.text) - len(self._first(item))
        head = first.span(start, len(first.text)) if start < len(first.text) else first.span(0, len(first.text))
        rest = [p.span(0, len(p.text)) for p in item.paragraphs[1:]]
        return (head, *rest, *(span for child in self._labels(item) for span in child.spans()))

    def _with_rest(self, item: Item, order: Order) -> Order:
        """The order with its particulars and, for a paragraph under a heading, the paragraphs after it that order nothing."""
        text, spans = self._whole(item), list(order.spans)
        if item.kind == "leaf" and item.parent is not None:
            for follower in self._followers(item):
                text, spans = f"{text} {follower.text}", [*spans, *follower.spans()]
        return replace(order, text=text, spans=tuple(spans))

    def _followers(self, item: Item) -> list[Item]:
        found: list[Item] = []
        siblings = self.items[item.parent].children if item.parent is not None else ()
        for n in siblings[siblings.index(item.index) + 1 :]:
            if self.items[n].kind != "leaf" or n in self.orders or opens_list(self.items[n].text):
                break
            found.append(self.items[n])
        return found

    def _rule(self, item: Item, clause: Clause, above: Scope) -> str:
        """Name of the rule by which the item is an order, "" where it is none."""
        limited = bool(self.within(self._spans(item)))
        free = item.kind in ("plain", "leaf") and (item.parent is None or self.items[item.parent].kind == "plain")
        if cue("closing").match(fold(self._first(item)[:160])) or (free and clause.form == "assign"):
            given = clause.form == "assign" and not is_past(item.text)
            return "assign" if given and (limited or self._reports(item, clause) or self._asks(item, clause)) else ""
        if clause.form == "assign":
            return "assign"
        if clause.form == "subject":
            return self._subject(clause, above, limited=limited, free=free)
        if clause.form == "verb" and not free:
            return self._verb(item, clause, above)
        given = (clause.form == "none" and not free) or submits(item.text)
        told = given and limited and (above.lead or above.demand)
        return "limit" if told and cue("report").search(fold(item.text)) else ""

    def _subject(self, clause: Clause, above: Scope, *, limited: bool, free: bool) -> str:
        if self.kind == "công văn" and _same(tuple(_GIVEN.sub("", name) for name in clause.lead), self.issuer):
            return "subject" if limited else ""
        if free or above.section == "facts":
            return "subject" if clause.firm and not clause.later else ""
        told = clause.later or (self.kind == "công văn" and not (above.lead or above.demand or above.section == "charge"))
        if told and not (clause.firm or limited):
            # a letter that answers tells who does what
            return ""
        if not (above.lead or above.demand) and clause.lead[:1] and fold(clause.lead[0]).startswith(_ANYBODY):
            # what the law asks of anybody is told in an answer, not ordered
            return ""
        if self.kind == "biên bản" and above.section != "charge":
            # what was done at the meeting is told in the same words as what is to be done after it
            return "subject" if clause.firm or limited else ""
        return "subject"

    def _verb(self, item: Item, clause: Clause, above: Scope) -> str:
        if above.section == "facts":
            return ""
        if clause.opinion and (item.kind == "article" or not (above.lead or above.section == "charge")):
            return ""
        charged = above.lead or above.demand or above.section == "charge" or self.kind in _PLANS
        return "verb" if charged else ""

    def _asks(self, item: Item, clause: Clause) -> bool:
        """In a letter that orders nothing else, what a named body is told to do at some length; a closing stays none."""
        if not (self.only and clause.lead) or cue("closing").match(fold(item.text[:160])):
            return False
        after = item.text[item.text.find(clause.lead[-1]) + len(clause.lead[-1]) :]
        return len(after.split()) >= _AT_LENGTH

    def _reports(self, item: Item, clause: Clause) -> bool:
        """A closing that has somebody report, send or watch; `nghiêm túc thực hiện` alone orders nothing that can be followed up."""
        folded = fold(item.text)
        return folded.startswith("giao ") or bool(cue("report").search(folded[folded.find(fold(clause.lead[0])) if clause.lead else 0 :]))


def _same(lead: tuple[str, ...], issuer: str) -> bool:
    """True where the one who is named is the issuer itself."""
    if len(lead) != 1 or not issuer:
        return False
    a, b = (set(fold(x).replace("uy ban nhan dan", "ubnd").replace("bao hiem xa hoi", "bhxh").split()) for x in (lead[0], issuer))
    return a <= b
