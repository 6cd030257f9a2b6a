"""PDF tìm được: the original's pages untouched, with the words that were read as an invisible layer in their places."""

import io
from collections.abc import Iterator
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image
from pillow_heif import register_heif_opener

from models.document import Document, Page, Word
from vanthu.errors import Encrypted, Unsupported
from vanthu.exports import invisible
from vanthu.exports.files import write_whole_bytes

register_heif_opener()

_IMAGES = {"JPEG", "PNG", "TIFF"}
"""Kinds of picture that a PDF holds without being packed anew."""


def write(original: Path, document: Document, out: Path, *, password: str | None = None) -> None:
    """Write `out`, the pages of `document` alone. Those with a text layer of their own are left as they are.

    Unsupported where the original has no pages to look at.
    """
    with open_as_pdf(original, password) as pdf:
        font = invisible.font(pdf)
        for page in document.pages:
            if page.source == "ocr" and page.lines and page.number <= len(pdf.pages):
                _lay(pdf.pages[page.number - 1], page, font)
        for number in range(len(pdf.pages), 0, -1):
            if number not in document.numbers:
                del pdf.pages[number - 1]
        packed = io.BytesIO()
        pdf.save(packed)
    write_whole_bytes(out, packed.getvalue())


def open_as_pdf(original: Path, password: str | None) -> pikepdf.Pdf:
    """An original opened as PDF, a picture file packed into one; Encrypted, Unsupported."""
    with original.open("rb") as file:
        is_pdf = b"%PDF-" in file.read(1024)
    if not is_pdf:
        return pikepdf.open(io.BytesIO(_as_pdf(original)))
    try:
        return pikepdf.open(original, password=password or "")
    except pikepdf.PasswordError as error:
        raise Encrypted(str(error)) from error


def _as_pdf(original: Path) -> bytes:
    """A picture file as PDF, its pictures as they are where a PDF can hold them."""
    try:
        with Image.open(original) as image:
            if image.format in _IMAGES and "A" not in image.getbands():
                return bytes(img2pdf.convert(original.read_bytes(), rotation=img2pdf.Rotation.ifvalid))
            packed = io.BytesIO()
            image.convert("RGB").save(packed, "PNG", dpi=image.info.get("dpi", (200, 200)), exif=image.getexif())
            return bytes(img2pdf.convert(packed.getvalue(), rotation=img2pdf.Rotation.ifvalid))
    except (OSError, img2pdf.ImageOpenError) as error:
        raise Unsupported(original.name) from error


def _lay(target: pikepdf.Page, page: Page, font: pikepdf.Object) -> None:
    resources = target.obj.get("/Resources") or pikepdf.Dictionary()
    # The resources may be shared with other pages, or inherited: this page gets its own.
    own = pikepdf.Dictionary(dict(resources.items()))
    fonts = pikepdf.Dictionary(dict(own.get("/Font", pikepdf.Dictionary()).items()))
    fonts["/Vanthu"] = font
    own["/Font"] = fonts
    target.obj["/Resources"] = own
    words = "\n".join(_shown(word, following, page, target) for word, following in _words(page))
    # What the page draws may leave its own state behind: it is closed in before the layer follows.
    target.contents_add(b"q\n", prepend=True)
    target.contents_add(f"\nQ\nq BT 3 Tr\n{words}\nET Q\n".encode("ascii"))


def _words(page: Page) -> Iterator[tuple[Word, bool]]:
    """Words with whether another follows on the line: then a blank goes with the word, so that a viewer parts the two."""
    for line in page.lines:
        for n, word in enumerate(line.words):
            yield word, n + 1 < len(line.words)


def _shown(word: Word, following: bool, page: Page, target: pikepdf.Page) -> str:
    """Operators that show one word from the left foot of its box to the right, as high as its box."""
    box = page.on_scan(word.box)
    left, foot = invisible.place(page, target, box.left, box.bottom)
    right = invisible.place(page, target, box.right, box.bottom)
    top = invisible.place(page, target, box.left, box.top)
    across = (right[0] - left, right[1] - foot)
    up = (top[0] - left, top[1] - foot)
    width = invisible.width(word.text)
    matrix = (across[0] / width, across[1] / width, up[0], up[1], left, foot)
    numbers = " ".join(f"{number:.4f}" for number in matrix)
    return f"/Vanthu 1 Tf {numbers} Tm <{invisible.encoded(word.text + ' ' * following)}> Tj"
