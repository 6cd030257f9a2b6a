"""Đơn vị được giao, kể ra: the single bodies that an item charges, where a document names classes (`UBND các phường, xã`)."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.context import Office
from vanthu.register import bodies, directory, units
from vanthu.register.connection import Base


@dataclass(frozen=True, slots=True)
class Members:
    """Names of single bodies in order; `whole` False where a class was named whose members nobody has told us."""

    names: tuple[str, ...]
    whole: bool


def of(base: Base, charged: Iterable[str], addressees: Iterable[str]) -> Members:
    """The bodies that `charged` names, classes taken apart by the addressees of the document, else by the directory.

    A body that charges itself by a shorter name is one with its full one (`UBND phường An Hòa`, `Ủy ban nhân dân phường An Hòa`).
    """
    known = {name: None for addressee in addressees for name in units.printed_bodies(addressee)}
    listed = [*directory.outside(base), *(unit[0] for unit in directory.office(base).units if unit)]
    found: list[str] = []
    whole = True
    for name in charged:
        single = units.printed_bodies(name)
        if single:
            found += single
            continue
        fitting = [one for one in known if belongs(one, name)] or [one for one in listed if belongs(one, name)]
        found += fitting
        whole = whole and bool(fitting)
    return Members(tuple(_distinct([_known_as(name, listed) for name in found])), whole and bool(found))


def belongs(body: str, charged: str) -> bool:
    """True where `charged` names this body, or a class that it is in."""
    return units.charges(charged, Office((body,)))


def same(one: str, other: str) -> bool:
    """True where two printed names can mean one body."""
    return bodies.compatible(bodies.key(one), bodies.key(other))


def _known_as(name: str, listed: list[str]) -> str:
    return next((known for known in listed if bodies.key(known) == bodies.key(name)), name)


def _distinct(names: list[str]) -> list[str]:
    out: list[str] = []
    for name in names:
        if not any(same(name, known) for known in out):
            out.append(name)
    return out
