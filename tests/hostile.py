"""Files made to harm, each small, with what may become of it: a reason of rejection, or `registered`."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from docx import Document as Docx
from odd_files import pdf

HOSTILE: dict[str, tuple[set[str], Callable[[], bytes]]] = {}

Maker = Callable[[], bytes]


def hostile(name: str, *outcomes: str) -> Callable[[Maker], Maker]:
    def take(maker: Maker) -> Maker:
        HOSTILE[name] = ({*outcomes}, maker)
        return maker

    return take


def _changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(1))) as paper:
        change(paper)
        paper.save(out)
    return out.getvalue()


@hostile("ten thousand pages.pdf", "too_many_pages")
def ten_thousand_pages() -> bytes:
    kids = b"3 0 R " * 10_000
    return _plain(b"/Type/Pages/Kids[" + kids + b"]/Count 10000")


@hostile("two thousand million pages.pdf", "too_many_pages", "broken", "no_pages")
def two_thousand_million() -> bytes:
    return _plain(b"/Type/Pages/Kids[3 0 R]/Count 2147483647")


@hostile("pages in a ring.pdf", "broken", "no_pages", "too_many_pages")
def ring() -> bytes:
    return _plain(b"/Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000")


def _plain(pages: bytes) -> bytes:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<<" + pages + b">>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"]
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n" % len(out) + b"%%EOF\n"


@hostile("a page tree as deep as the sea.pdf", "broken", "no_pages", "registered", "too_many_pages")
def deep() -> bytes:
    depth = 3000
    out = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    for number in range(2, depth):
        out += b"%d 0 obj<</Type/Pages/Kids[%d 0 R]/Count 1>>endobj\n" % (number, number + 1)
    return out + b"%d 0 obj<</Type/Page/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n" % depth + b"%%EOF\n"


@hostile("javascript.pdf", "registered")
def javascript() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="while(true){app.launchURL('http://127.0.0.1:9/')}")
        paper.Root.OpenAction = script
        paper.pages[0].AA = pikepdf.Dictionary(O=script)

    return _changed(change)


@hostile("embedded.pdf", "registered")
def embedded() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        paper.attachments["../../../evil.sh"] = b"#!/bin/sh\ntouch /tmp/owned\n"

    return _changed(change)


@hostile("launch.pdf", "registered")
def launch() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        paper.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/bin/sh")

    return _changed(change)


@hostile("no fonts.pdf", "registered")
def no_fonts() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/NobodyHasThisFont"))
        paper.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        paper.pages[0].Contents = paper.make_stream(b"BT /F1 12 Tf 50 700 Td (CONG VAN So: 5/UBND-NV) Tj ET")

    return _changed(change)


@hostile("a stream that swells.pdf", "registered", "broken", "too_large")
def swelling() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        packed = zlib.compress(zlib.compress(b" " * 60_000_000))
        stream = pikepdf.Stream(paper, b"")
        stream.write(packed, filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
        paper.pages[0].Contents = stream

    return _changed(change)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * 3_000_000)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@hostile("a picture of ten thousand million pixels.png", "too_large", "broken")
def huge_picture() -> bytes:
    return _png(100_000, 100_000)


@hostile("a picture that ends too early.png", "broken", "registered")
def short_picture() -> bytes:
    return _png(30_000, 30_000)


def _docx(**parts: bytes) -> bytes:
    whole = io.BytesIO()
    Docx().save(whole)
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, parts.get(name.rpartition("/")[2].replace(".", "_"), before.read(name)))
    return out.getvalue()


@hostile("a thousand million laughs.docx", "broken", "registered")
def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{entities}]><w:document xmlns:w="http://schemas.openxmlformats.org/'
    text += 'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    return _docx(document_xml=text.encode())


@hostile("reads other files.docx", "broken", "registered")
def outside_entity() -> bytes:
    text = (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/'
    )
    text += 'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    return _docx(document_xml=text.encode())


def _telling(archive: bytes, name: str, size: int) -> bytes:
    """The archive, whose directory says another size of a member."""
    at = archive.rindex(name.encode()) - 46
    return archive[: at + 24] + struct.pack("<I", size) + archive[at + 28 :]


@hostile("swells to two thousand million.docx", "too_large", "broken")
def swelling_docx() -> bytes:
    return _telling(_docx(), "word/document.xml", 2_000_000_000)


@hostile("bomb.zip", "too_large")
def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.pdf", b"x")
        archive.writestr("b.pdf", b"\0" * 1_000_000)
    return _telling(out.getvalue(), "b.pdf", 4_000_000_000)


@hostile("says less than it holds.zip", "too_large", "broken", "no_letter")
def lying_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.pdf", b"\0" * 5_000_000)
    return _telling(out.getvalue(), "b.pdf", 1000)


@hostile("a file too many.zip", "too_large")
def many_files() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5000):
            archive.writestr(f"{number}.txt", b"")
    return out.getvalue()


@hostile("climbs out.zip", "no_letter", "registered")
def climbing() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../../tmp/vanthu-owned.txt", b"owned")
        archive.writestr("/etc/vanthu-owned.txt", b"owned too")
    return out.getvalue()


@hostile("a TIFF whose pages run in a ring.tif", "broken", "registered", "too_small", "failed", "too_many_pages")
def ring_tiff() -> bytes:
    entries = [(256, 4, 1, 200), (257, 4, 1, 200), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 200), (279, 4, 1, 40_000)]
    ifd = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", 8)
    return (b"II*\0" + struct.pack("<I", 8) + ifd).ljust(200, b"\0") + b"\xff" * 40_000
