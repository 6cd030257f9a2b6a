"""One module a field, named as the field: text in, Found out; no I/O, no settings.

A module `code.py` has one function `find(*, …) -> …` whose keyword-only parameters name what it needs: `document`, `context`,
another field, or what an underscored module (`_zones.py` gives `zones`) works out for several fields.
"""

import inspect
import pkgutil
from collections.abc import Callable
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from typing import Any

from models.context import Context
from models.document import Document
from models.record import FIELDS, Record
from models.trail import gave, turn

Finder = Callable[..., Any]


@cache
def finders() -> dict[str, tuple[Finder, tuple[str, ...]]]:
    """Every finder with the names it needs, in an order in which each comes after what it needs."""
    found: dict[str, tuple[Finder, tuple[str, ...]]] = {}
    for module in pkgutil.iter_modules(__path__):
        find = getattr(import_module(f"{__name__}.{module.name}"), "find", None)
        if find:
            found[module.name.lstrip("_")] = find, tuple(inspect.signature(find).parameters)
    order = TopologicalSorter({name: set(needs) for name, (_, needs) in found.items()}).static_order()
    return {name: found[name] for name in order if name in found}


def extract(document: Document, context: Context | None = None) -> Record:
    """Bản ghi: all fields of one document. A finder that raises leaves its own field blank, said under `_failed`, and no other."""
    known: dict[str, Any] = {"document": document, "context": context or Context()}
    failed = []
    for name, (find, needs) in finders().items():
        turn(name)
        try:
            known[name] = find(**{need: known[need] for need in needs})
            gave(known[name])
        except Exception as error:
            known[name] = Record.__dataclass_fields__[name].default if name in FIELDS else None
            failed.append(f"{name}: {type(error).__name__}: {error}")
    fields = {name: value for name, value in known.items() if name in FIELDS}
    return Record(**fields, extras=(known.get("extras") or {}) | ({"_failed": failed} if failed else {}))
