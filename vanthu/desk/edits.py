"""Ô sửa: what a person can type over a value, and what a form that came back changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

from vanthu.said import day

Row = dict[str, Any]

PLAIN = ("doc_type", "code", "issued_on", "place", "issuer", "parent", "subject", "urgency", "secrecy", "archive")
LISTS = ("addressees", "recipients", "replies_to", "difficulties", "recommendations")
PARTS = {"signer": ("name", "position", "authority"), "received_stamp": ("number", "date"), "period": ("text", "start", "end")}
ITEMS = {
    "tasks": ("text", "lead", "support", "due_on"),
    "deadlines": ("due_on",),
    "references": ("code", "doc_type", "issued_on", "issuer"),
}
_DATES = ("issued_on", "received_on", "date", "start", "end", "due_on")
_LONG = ("subject", "tasks.text")
VALUE, SEEN, DROP, NEW, PLACE = "v.", "d.", "x.", "n.", "p."
"""What a form calls a value, the mark of what stood there when the page was made, the wish to take an item out, a part of an item
that is added, and the place on the page that was pointed at for a value."""


def kind_of(name: str) -> str:
    """How a value is typed: `date`, `long`, `list` (a line each), `names` (parted by `;`) or `text`."""
    parts = [part for part in name.split(".") if not part.isdecimal()]
    if parts[-1] in _DATES:
        return "date"
    if ".".join(parts) in _LONG:
        return "long"
    return "list" if name in LISTS else "names" if parts[-1] in ("lead", "support") else "text"


def text_of(name: str, value: Any) -> str:
    """A value as it stands in its field."""
    kind = kind_of(name)
    if kind == "date":
        return day(value)
    return {"list": "\n", "names": "; "}.get(kind, "").join(value or []) if kind in ("list", "names") else str(value or "")


def seen(text: str) -> str:
    """A mark of what a person saw: short, and the same for the same text."""
    return blake2s(plain(text).encode(), digest_size=6).hexdigest()


def plain(text: str) -> str:
    """As a browser sends it back, line ends and blanks at the ends apart."""
    return text.replace("\r\n", "\n").strip()


def edit(name: str, value: Any) -> Row:
    """`{field, text, seen, kind}` of one field to type in."""
    text = text_of(name, value)
    return {"field": name, "text": text, "seen": seen(text), "kind": kind_of(name)}


def of_field(record: Row, name: str) -> list[Row]:
    """The fields to type in for one value of the record; none for lists of items, which are mended one by one."""
    if name in PARTS:
        return [edit(f"{name}.{part}", (record[name] or {}).get(part)) for part in PARTS[name]]
    return [edit(name, record[name])] if name in PLAIN or name in LISTS else []


def of_item(record: Row, key: str) -> list[Row]:
    """The fields to type in for one item: `tasks.3`; none where there is no such item."""
    name, _, place = key.partition(".")
    if name not in ITEMS or not place.isdecimal() or int(place) >= len(record.get(name) or []):
        return []
    return [edit(f"{key}.{part}", record[name][int(place)].get(part)) for part in ITEMS[name]]


def every(shown: Row) -> dict[str, str]:
    """Each field that a form may send, with its text as it stands now."""
    record = shown["record"]
    made = [edit("received_on", shown["received_on"])]
    for name in [*PLAIN, *LISTS, *PARTS]:
        made += of_field(record, name) if name in record else []
    for name in ITEMS:
        for place in range(len(record.get(name) or [])):
            made += of_item(record, f"{name}.{place}")
    return {one["field"]: one["text"] for one in made}


@dataclass
class Sent:
    """What came back: `changes` by field; `conflicts`: fields that somebody else changed meanwhile; `typed`: all that stood in the form."""

    changes: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


def sent(form: Mapping[str, str], now: Mapping[str, str]) -> Sent:
    """Tell what a person changed from what only stood there; `now`: texts of the fields as they are."""
    out = Sent()
    for name, text in form.items():
        known = name[len(VALUE) :]
        if not name.startswith(VALUE) or known not in now:
            continue
        value = plain(text)
        out.typed[known] = value
        if seen(value) in (form.get(SEEN + known), seen(now[known])):
            continue  # not touched, or the same as somebody else has put there
        out.changes[known] = value
        if form.get(SEEN + known) != seen(now[known]):
            out.conflicts[known] = now[known]
    return out


def added(form: Mapping[str, str], name: str = "tasks") -> dict[str, str]:
    """The parts of an item that a person adds to a list; empty where its text was left blank."""
    parts = {part: plain(form.get(f"{NEW}{name}.{part}", "")) for part in ITEMS[name]}
    return parts if parts["text"] else {}


def blank(name: str = "tasks") -> list[Row]:
    """The fields to type an item in that is to be added."""
    return [edit(f"{name}.{part}", None) for part in ITEMS[name]]
