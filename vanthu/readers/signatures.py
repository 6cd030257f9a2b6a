"""Chữ ký số: signatures of a PDF, checked offline with pyHanko; the file is only read. Decree 30/2020, Articles 12 and 14."""

import mmap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

_VIETNAM = timezone(timedelta(hours=7))
_MARK = b"/ByteRange"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when (ISO, time of Vietnam, as the signer's own machine says; None: not said).

    `intact`: the bytes it covers are as they were signed; `altered`: something was changed after it that no later signature,
    filled-in field or note explains; `whole`: it covers the file to its end. `error` says why it could not be checked.
    Whether the certificate was valid and not revoked is not asked: that needs the network.
    """

    signer: str
    organisation: str
    signed_at: str | None
    intact: bool
    altered: bool
    whole: bool
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the file."""
        return asdict(self)


def check(path: Path, password: str | None = None) -> tuple[Signature, ...]:
    """Every signature of a PDF in the order of signing; empty for an unsigned file and for what is no PDF."""
    if not _may_be_signed(path):
        return ()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        with path.open("rb") as file:
            reader = PdfFileReader(file, strict=False)
            if reader.encrypted:
                reader.decrypt(password or "")
            return tuple(_checked(signature) for signature in reader.embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return (Signature("", "", None, intact=False, altered=False, whole=False, error=f"{type(error).__name__}: {error}"),)


def signed_on(signatures: Sequence[Mapping[str, Any]]) -> date | None:
    """The day of signing, where all signatures (as `as_json` gives them) agree on it and none is broken."""
    days = {signature["signed_at"][:10] if signature["signed_at"] and signature["intact"] else None for signature in signatures}
    day = days.pop() if len(days) == 1 else None
    return date.fromisoformat(day) if day else None


def _may_be_signed(path: Path) -> bool:
    """A look at the bytes: importing pyHanko costs the better part of a second."""
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return b"%PDF-" in data[:1029] and data.find(_MARK) >= 0


def _checked(signature: Any) -> Signature:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    intact, altered, whole, error = False, True, False, ""
    try:
        signature.compute_integrity_info()
        intact = _bytes_agree(signature)
        whole = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
        altered = not (intact and signature.summarise_integrity_info()["docmdp_ok"])
    except Exception as problem:  # a broken signature must not keep the letter from being read
        error = f"{type(problem).__name__}: {problem}"
    name, organisation = _who(signature)
    return Signature(name, organisation, _when(signature), intact, altered, whole, error)


def _bytes_agree(signature: Any) -> bool:
    """The digest of the covered bytes is the one that was signed, and it was signed with the certificate's key."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    return bool(intact and valid)


def _who(signature: Any) -> tuple[str, str]:
    try:
        names = signature.signer_cert.subject.native
    except (ValueError, AttributeError):
        return "", ""
    return _one(names.get("common_name")), _one(names.get("organization_name"))


def _one(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _when(signature: Any) -> str | None:
    """When the signer says it was, in the time of Vietnam."""
    said = signature.self_reported_timestamp
    if not isinstance(said, datetime):
        return None
    return (said if said.tzinfo else said.replace(tzinfo=_VIETNAM)).astimezone(_VIETNAM).isoformat(timespec="seconds")
