"""Nhật ký từng ngày: the events since the last time, copied to a file of the day that can be kept where nobody can change it."""

from pathlib import Path

from vanthu.exports.files import to_lines, write_whole
from vanthu.pipeline.place import Place
from vanthu.register import audit


def folder(place: Place) -> Path:
    """Where the copies lie."""
    return place.folder / "audit"


def export(place: Place) -> Path | None:
    """Write what has happened since the last export; the file, None where nothing has."""
    found = audit.export(place.register.base, folder(place))
    if found is None:
        return None
    with place.private():
        write_whole(found[0], to_lines(found[1]))
    return found[0]


def faults(place: Place) -> list[str]:
    """What is wrong with the events of a place, and of the secret one where there is one."""
    found = audit.faults(place.register.base, folder(place))
    if place.has_apart:
        found += [f"mat: {fault}" for fault in audit.faults(place.apart.register.base, folder(place.apart))]
    return found
