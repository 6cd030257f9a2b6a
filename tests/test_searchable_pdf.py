import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from models.document import Box, Document, Line, Page, Word
from tests.drawn import scan
from vanthu.errors import Unsupported
from vanthu.exports import invisible, searchable_pdf
from vanthu.readers import read


def words(pdf: Path) -> dict[str, tuple[float, float]]:
    """Each word that poppler finds, with its middle in points of the page as displayed."""
    from xml.etree import ElementTree

    out = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout
    found = {}
    for word in ElementTree.fromstring(out).iter("{http://www.w3.org/1999/xhtml}word"):
        x, y = ((float(word.attrib[f"{axis}Min"]) + float(word.attrib[f"{axis}Max"])) / 2 for axis in "xy")
        found[word.text or ""] = (x, y)
    return found


def one_word(source: Path, rotation: int) -> Document:
    """A document whose one word stands near the left top of the upright page of 1000 × 1400 pixels."""
    word = Word("Tuyên", Box(100, 140, 300, 200))
    width, height = (1000, 1400) if rotation % 180 == 0 else (1400, 1000)
    return Document.assemble([Page(1, width, height, 120, "ocr", (Line((word,), word.box),), rotation=rotation)], source.name)


@pytest.mark.parametrize("turned_by_file", [0, 90, 180, 270])
@pytest.mark.parametrize("turned_by_us", [0, 90, 180, 270])
def test_a_word_lies_where_it_was_read_however_the_page_is_turned(tmp_path: Path, turned_by_file: int, turned_by_us: int) -> None:
    source, out = tmp_path / "a.pdf", tmp_path / "b.pdf"
    sideways = turned_by_file % 180 != 0
    with pikepdf.new() as pdf:
        size = (1400, 1000) if sideways else (1000, 1400)
        pdf.add_blank_page(page_size=size)
        pdf.pages[0].obj["/Rotate"] = turned_by_file
        pdf.save(source)
    document = one_word(source, turned_by_us)
    searchable_pdf.write(source, document, out)
    page = document.pages[0]
    u, v = 200 / page.width, 170 / page.height
    expected = {0: (u, v), 90: (v, 1 - u), 180: (1 - u, 1 - v), 270: (1 - v, u)}[turned_by_us]
    x, y = words(out)["Tuyên"]
    assert (x / 1000, y / 1400) == pytest.approx(expected, abs=0.03)


def test_pictures_stay_as_they_were_and_the_text_is_found(tmp_path: Path) -> None:
    picture = scan(tmp_path / "scan.png", 245)
    out = tmp_path / "out.pdf"
    document = Document.assemble(
        [
            Page(
                1,
                1654,
                2339,
                200,
                "ocr",
                (Line((Word("dân", Box(100, 100, 180, 140)), Word("chủ", Box(200, 100, 280, 140))), Box(100, 100, 280, 140)),),
            )
        ]
    )
    searchable_pdf.write(picture, document, out)
    assert "dân chủ" in subprocess.run(["pdftotext", str(out), "-"], capture_output=True, text=True, check=True).stdout
    with pikepdf.open(out) as pdf:
        kept = pikepdf.PdfImage(next(iter(pdf.pages[0].images.values()))).as_pil_image()
    assert kept.convert("L").tobytes() == Image.open(picture).convert("L").tobytes()


def test_the_layer_is_invisible(tmp_path: Path) -> None:
    source, out = tmp_path / "a.pdf", tmp_path / "b.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(1000, 1400))
        pdf.save(source)
    searchable_pdf.write(source, one_word(source, 0), out)
    rendered = pypdfium2.PdfDocument(out)[0].render().to_numpy()
    assert (rendered == 255).all()


def test_widths_count_code_units() -> None:
    assert invisible.width("ab") == 2 * invisible.width("a")
    assert invisible.encoded("đ") == "0111"


def test_what_has_no_pages_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("không phải ảnh", encoding="utf-8")
    with pytest.raises(Unsupported):
        searchable_pdf.write(text, Document.assemble([]), tmp_path / "out.pdf")


@pytest.mark.slow
def test_a_real_scan_becomes_searchable(tmp_path: Path) -> None:
    picture = scan(tmp_path / "scan.png", 245)
    out = tmp_path / "out.pdf"
    searchable_pdf.write(picture, read(picture), out)
    text = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, text=True, check=True).stdout
    assert "Phòng Nội vụ chủ trì" in " ".join(text.split())
