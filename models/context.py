"""What an extractor may know beyond the text; the pipeline fills it, so that extractors stay without I/O."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Office:
    """Our own office: its name with aliases, and its units with theirs."""

    names: tuple[str, ...] = ()
    units: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LearntBody:
    """A body's name as a person wrote it, the superior body of that document, and the abbreviation in its codes (`BQLKKT`)."""

    name: str
    parent: str | None = None
    abbreviation: str | None = None


@dataclass(frozen=True, slots=True)
class LearntSigner:
    """A signer's name as a person wrote it, and for which body he signed in what position."""

    name: str
    position: str | None
    issuer: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """Tên đã học: names that people of this office put in place of what was read."""

    bodies: tuple[LearntBody, ...] = ()
    signers: tuple[LearntSigner, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """File name as dropped, date of a digital signature, our office, today, names learnt from corrections.

    `cited`: codes that documents of the register cite, those with a number that a hand may have written on this one.
    """

    file_name: str = ""
    signed_on: date | None = None
    office: Office = Office()
    today: date | None = None
    learnt: Learnt = Learnt()
    cited: tuple[str, ...] = ()
