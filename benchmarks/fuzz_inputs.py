"""What is mutated, and how: bytes, blocks, numbers; archives are changed inside and XML at its tags, so that the outside still fits."""

import io
import random
import re
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pikepdf
from openpyxl import Workbook
from PIL import Image
from reportlab.pdfgen import canvas

from benchmarks.kills import letter
from tests.test_exchange import HEADER, package

_TELLING = (
    b"\0",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\x80\0\0\0",
    b"\xff\xff\xff\xff",
    b"999999999",
    b"-1",
    b"0 R",
    b"<<",
    b">>",
    b"/Length 0",
    b"\0" * 64,
)
_TELLING_XML = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"&#0;",
    b"&#x110000;",
    b"<e:Code>" * 3000,
    b"</e:MessageHeader>",
    b"<![CDATA[",
    b"]]>",
    b"<?xml version='1.0' encoding='UTF-16'?>",
    b"xmlns:e=''",
    b"<e:DueDate>9999/99/99</e:DueDate>",
    b"<e:Priority>-9999999999999999999</e:Priority>",
    b"\xc3",
)
_MOST_BYTES = 200_000


def seeds(folder: Path) -> dict[str, bytes]:
    """A small good file of each kind."""
    paper = Image.effect_noise((240, 340), 60).convert("L")
    made = {"text.pdf": _text(), "a.docx": letter(folder / "seed.docx", 1).read_bytes(), "a.xlsx": _sheet(), "locked.pdf": _locked()}
    for name, kind, more in (
        ("a.png", "PNG", {}),
        ("a.jpg", "JPEG", {}),
        ("a.webp", "WEBP", {}),
        ("scan.pdf", "PDF", {}),
        ("a.tif", "TIFF", {"compression": "tiff_lzw", "save_all": True, "append_images": [paper.rotate(90)]}),
        ("fax.tif", "TIFF", {"compression": "group4"}),
    ):
        out = io.BytesIO()
        (paper.convert("1") if name == "fax.tif" else paper).save(out, kind, **more)
        made[name] = out.getvalue()
    made["a.zip"] = _packed({"1.docx": made["a.docx"], "2.pdf": made["text.pdf"]})
    made["a.edxml"] = package(folder / "seed.edxml", {"cv.docx": made["a.docx"]}).read_bytes()
    made["envelope.edxml"] = package(folder / "seed.edxml", {"cv.txt": b"a"}, HEADER).read_bytes()
    made["a.eml"] = _mail(made["a.docx"])
    return made


def mutated(originals: dict[str, bytes], number: int, seed: int) -> tuple[str, bytes]:
    """Input `number`: the name of what it was made of, and its bytes."""
    chance = random.Random(f"{seed}/{number}")
    name = [*originals][number % len(originals)]
    data = originals[name]
    if data.startswith(b"PK") and chance.random() < 0.7:
        return name, _inside(data, chance)
    if name.endswith(".edxml") and chance.random() < 0.7:
        return name, _tagged(data, chance)
    return name, _changed(data, chance, originals)


def _changed(data: bytes, chance: random.Random, others: dict[str, bytes] | None = None) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        if not found:
            break
        at, size = chance.randrange(len(found)), chance.choice((1, 2, 8, 64, 1024))
        how = chance.randrange(7 if others else 6)
        if how == 0:
            found[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            found[at : at + 1] = chance.choice(_TELLING)
        elif how == 2:
            telling = chance.choice(_TELLING)
            found[at : at + len(telling)] = telling
        elif how == 3:
            del found[at : at + size]
        elif how == 4:
            found[at:at] = found[at : at + size] * chance.choice((1, 2, 20))
        elif how == 5:
            found[at : at + size] = chance.randbytes(size)
        else:
            other = chance.choice([*(others or {}).values()])
            start = chance.randrange(len(other))
            found[at : at + size] = other[start : start + size]
    if chance.random() < 0.05:
        del found[chance.randrange(len(found) + 1) :]
    return bytes(found[:_MOST_BYTES])


def _inside(data: bytes, chance: random.Random) -> bytes:
    """One member changed, the archive around it made anew."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    victim = chance.choice([*members])
    members[victim] = _changed(members[victim], chance)
    return _packed(members)


def _tagged(data: bytes, chance: random.Random) -> bytes:
    """Changed at its tags and values: one left out, doubled, moved, or something telling in its place."""
    parts = re.split(rb"(<[^>]*>)", data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        how = chance.randrange(5)
        if how == 0:
            parts[at] = b""
        elif how == 1:
            parts[at] *= chance.choice((2, 50))
        elif how == 2:
            parts[at], parts[other] = parts[other], parts[at]
        elif how == 3:
            parts[at] = chance.choice(_TELLING_XML)
        else:
            parts[at] = _changed(parts[at][:2000], chance) or b""
    return b"".join(parts)[:_MOST_BYTES]


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _text() -> bytes:
    out = io.BytesIO()
    paper = canvas.Canvas(out, pageCompression=0)
    for page in range(2):
        for line in range(20):
            paper.drawString(60, 780 - 20 * line, f"So: {page}{line}/UBND-NV ngay 06 thang 3 nam 2024")
        paper.showPage()
    paper.save()
    return out.getvalue()


def _locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_text())) as paper:
        paper.save(out, encryption=pikepdf.Encryption(owner="o", user="", R=6))
    return out.getvalue()


def _mail(attached: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"], mail["Subject"] = "a@b.vn", "<1@b.vn>", "Gửi công văn"
    mail.set_content("Kính gửi.")
    mail.add_attachment(attached, maintype="application", subtype="octet-stream", filename="công văn.docx")
    return mail.as_bytes()


def _sheet() -> bytes:
    out = io.BytesIO()
    book = Workbook()
    for row in range(5):
        book.worksheets[0].append([row, "Phòng Nội vụ", 1.5])
    book.save(out)
    return out.getvalue()
