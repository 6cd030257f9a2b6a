"""edXML: a package of the national document exchange (QCVN 102:2016/BTTTT) read into its envelope and its attachments.

The elements are those that exchange programs really write, by their local names and in any namespace; the official schema was not at
hand. A package comes from outside: no document type, no entities, nothing is fetched, sizes are bounded.
"""

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree

from models.record import Reference, Signer
from models.text import clean, one_line
from vanthu.errors import Broken, Empty, TooLarge

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"

PRIORITIES = (None, "khẩn", "thượng khẩn", "hỏa tốc", "hỏa tốc")
"""Priority 0 to 4; 4 is `hỏa tốc hẹn giờ`, which Decree 30/2020 no longer knows."""

_MOST_BYTES = 400_000_000
_MOST_OF_ONE = 300_000_000
_MOST_FILES = 200
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml[^>]{0,200}\?>)?")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']+)")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Phong bì: what the package says of its document; None or empty where it says nothing. `in_charge` is cơ quan chủ quản."""

    organ_id: str | None
    issuer: str | None
    in_charge: str | None
    code: str | None
    place: str | None
    issued_on: date | None
    doc_type: str | None
    subject: str | None
    signer: Signer | None
    urgency: str | None
    due_on: date | None
    recipients: tuple[str, ...]
    answers: tuple[Reference, ...]


def envelope(path: Path) -> Envelope:
    """The envelope of a package; Broken where it is none, TooLarge."""
    header = _only(_parse(path), "MessageHeader")
    sender, code, info = (_child(header, name) for name in ("From", "Code", "PromulgationInfo"))
    other = _child(header, "OtherInfo")
    kind = _text(_child(header, "DocumentType"), "TypeName")
    places = _child(header, "ToPlaces")
    return Envelope(
        organ_id=_text(sender, "OrganId"),
        issuer=_text(sender, "OrganName"),
        in_charge=_text(sender, "OrganizationInCharge"),
        code=_code(code),
        place=_text(info, "Place"),
        issued_on=_day(_text(info, "PromulgationDate")),
        doc_type=kind.lower() if kind else None,
        subject=_text(header, "Subject"),
        signer=_signer(_child(header, "SignerInfo")),
        urgency=_urgency(_text(other, "Priority")),
        due_on=_day(_text(header, "DueDate")),
        recipients=tuple(filter(None, (_own(place) for place in _children(places, "Place")))),
        answers=tuple(_answer(one) for one in _children(header, "ResponseFor") if _code(_child(one, "Code"))),
    )


def members(path: Path) -> Iterator[tuple[str, Path]]:
    """Name and content of each attachment in the order of the package, the document first; as `unzip.members` gives those of a ZIP."""
    found = list(_parse(path).iter("{*}Attachment"))
    if not found:
        raise Empty("no attachment")
    if len(found) > _MOST_FILES:
        raise TooLarge(f"{len(found)} files")
    with TemporaryDirectory() as folder:
        for number, element in enumerate(found, 1):
            name = PurePosixPath((_text(element, "AttachmentName") or f"{number}").replace("\\", "/")).name or f"{number}"
            passing = Path(folder) / f"member{PurePosixPath(name).suffix[:8]}"
            passing.write_bytes(_content(element, name))
            yield name, passing
            passing.unlink()


def _parse(path: Path) -> Any:
    if path.stat().st_size > _MOST_BYTES:
        raise TooLarge(path.name)
    data = path.read_bytes()
    start = _BEGINS.match(data)
    encoding = _ENCODING.search(start[0]) if start else None
    if start is None or b"\0" in data[:4096] or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Broken("no plain XML")
    if encoding and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise Broken("not UTF-8")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Broken(str(error)) from error


def _content(element: Any, name: str) -> bytes:
    """The bytes of an attachment. Programs pack each one into a ZIP of its own, under another name, before they encode it."""
    encoded = "".join((_child(element, "ContentTransferEncoded").text or "").split()) if _has(element) else ""
    try:
        data = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise Broken(f"{name}: {error}") from error
    if len(data) > _MOST_OF_ONE:
        raise TooLarge(name)
    return _unpacked(data, name) if data[:2] == b"PK" and not name.lower().endswith(".zip") else data


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) != 1:  # a DOCX or XLSX
                return data
            if infos[0].file_size > _MOST_OF_ONE:
                raise TooLarge(name)
            with archive.open(infos[0]) as member:
                inside = member.read(_MOST_OF_ONE + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise Broken(f"{name}: {error}") from error
    if len(inside) > _MOST_OF_ONE:
        raise TooLarge(name)
    return inside


def _has(element: Any) -> bool:
    return _child(element, "ContentTransferEncoded") is not None


def _only(root: Any, name: str) -> Any:
    found = next(root.iter(f"{{*}}{name}"), None)
    if found is None:
        raise Broken(f"no {name}")
    return found


def _children(element: Any, name: str) -> list[Any]:
    return [] if element is None else element.findall(f"{{*}}{name}")


def _child(element: Any, name: str) -> Any:
    found = _children(element, name)
    return found[0] if found else None


def _text(element: Any, name: str) -> str | None:
    child = _child(element, name)
    return None if child is None else _own(child)


def _own(element: Any) -> str | None:
    return one_line(clean(element.text or "")) or None


def _code(element: Any) -> str | None:
    """Số and ký hiệu are two fields; a Party symbol (`KL/TW`) is joined by a hyphen."""
    number, notation = _text(element, "CodeNumber"), _text(element, "CodeNotation")
    if not notation:
        return number if number and re.search(r"[/-]", number) else None
    if notation.startswith(("/", "-")):
        return f"{number or ''}{notation}"
    party = re.fullmatch(r"[A-ZĐa-z]{2,4}/[^/]+", notation) is not None and "-" not in notation
    return f"{number or ''}{'-' if party else '/'}{notation}"


def _day(text: str | None) -> date | None:
    """`yyyy/MM/dd`, with `-` too, and `dd/MM/yyyy`."""
    parts = re.match(r"(\d{1,4})[/-](\d{1,2})[/-](\d{1,4})", text or "")
    if not parts:
        return None
    first, month, last = (int(part) for part in parts.groups())
    year, day = (first, last) if len(parts[1]) == 4 else (last, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _urgency(text: str | None) -> str | None:
    return PRIORITIES[int(text)] if text and text.isdecimal() and int(text) < len(PRIORITIES) else None


def _signer(element: Any) -> Signer | None:
    parts = [_text(element, name) for name in ("FullName", "Position", "Competence")]
    return Signer(*parts) if parts[0] else None


def _answer(element: Any) -> Reference:
    return Reference(_code(_child(element, "Code")) or "", None, _day(_text(element, "PromulgationDate")), None)
