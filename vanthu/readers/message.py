"""Thư điện tử: a message as a mail server keeps it (.eml) read into its attachments; it is their source, as an archive is."""

import re
import unicodedata
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from vanthu.errors import Broken, Empty, TooLarge

MOST_BYTES = 400_000_000
_MOST_FILES = 200
_BEGINS = re.compile(rb"(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]")
_SAYS = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Return-Path|DKIM-Signature):", re.IGNORECASE | re.MULTILINE)
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


def is_message(head: bytes) -> bool:
    """True where a file begins as a message does: lines of a header, one of them a mail server's own."""
    return _BEGINS.match(head) is not None and _SAYS.search(head) is not None


def members(path: Path) -> Iterator[tuple[str, Path]]:
    """Name and content of each attachment; a content lies in a passing file until the next is asked for. Raises Broken, Empty, TooLarge."""
    if path.stat().st_size > MOST_BYTES:
        raise TooLarge(path.name)
    found = attachments(path.read_bytes())
    if not found:
        raise Empty("no attachments")
    if len(found) > _MOST_FILES:
        raise TooLarge(f"{len(found)} attachments")
    with TemporaryDirectory() as folder:
        for name, content in found:
            passing = Path(folder) / f"member{PurePosixPath(name).suffix[:8]}"
            passing.write_bytes(content)
            yield name, passing
            passing.unlink()


def attachments(raw: bytes) -> list[tuple[str, bytes]]:
    """(name, content) of what a message carries; pictures that its text shows, and signatures of the message, are none."""
    message = parsed(raw)
    parts = [part for part in message.walk() if not part.is_multipart() and _is_attached(part)]
    named = [(_name(part, number), _content(part)) for number, part in enumerate(parts, 1)]
    return [(name, content) for name, content in named if content]


def parsed(raw: bytes) -> EmailMessage:
    """A message; Broken where it cannot be read."""
    try:
        return BytesParser(policy=policy.default).parsebytes(raw)
    except (MessageError, ValueError, LookupError, IndexError) as error:
        raise Broken(str(error)) from error


def _is_attached(part: EmailMessage) -> bool:
    if part.get_content_type() in _SIGNATURES:
        return False
    shown = part.get_content_maintype() == "image" and part.get("Content-ID") is not None and not _says_attachment(part)
    if shown:
        return False
    return _says_attachment(part) or part.get_filename() is not None or part.get_content_maintype() in ("application", "image")


def _says_attachment(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except (ValueError, AttributeError):
        return False


def _name(part: EmailMessage, number: int) -> str:
    ending = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif"}
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    plain = "".join(
        " " if unicodedata.category(letter).startswith("C") else letter for letter in unicodedata.normalize("NFC", name)
    ).strip()
    return plain[-200:] or f"{number}{ending.get(part.get_content_type(), '')}"


def _content(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return content if isinstance(content, bytes) else b""
