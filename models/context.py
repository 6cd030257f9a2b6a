"""What an extractor may know beyond the text; the pipeline fills it, so that extractors stay without I/O."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Office:
    """Our own office: its name with aliases, and its units with theirs."""

    names: tuple[str, ...] = ()
    units: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """File name as dropped, date of a digital signature, our office, today."""

    file_name: str = ""
    signed_on: date | None = None
    office: Office = Office()
    today: date | None = None
