"""Selecting and searching in the searchable PDF: viewers find the words where they are printed; PDF/A stays PDF/A."""

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from models.document import Box, Document, Line, Page, Word
from vanthu.exports import searchable_pdf
from vanthu.ocr.straighten import turn

WIDTH, HEIGHT = 1654, 2339
PRINTED = {
    "Kính gửi: Các sở, ban, ngành": 400,
    "Ủy ban nhân dân tỉnh yêu cầu báo cáo": 700,
    "trước ngày 22/5/2024 về Sở Nội vụ.": 2100,
}


def page(skew: float = 0.0) -> Page:
    lines = []
    for text, top in PRINTED.items():
        words, left = [], 200
        for part in text.split():
            words.append(Word(part, Box(left, top, left + 20 * len(part), top + 36)))
            left += 20 * len(part) + 16
        lines.append(Line(tuple(words), Box.around([w.box for w in words])))
    matrix = np.vstack([turn((HEIGHT, WIDTH), skew), [0, 0, 1]]) if skew else None
    warp = () if matrix is None else tuple(float(v) for v in np.linalg.inv(matrix).ravel())
    return Page(1, WIDTH, HEIGHT, 200, "ocr", tuple(lines), skew=skew, warp=warp)


@pytest.fixture
def white(tmp_path: Path) -> Path:
    Image.new("L", (WIDTH, HEIGHT), 255).save(tmp_path / "a.png", dpi=(200, 200))
    return tmp_path / "a.png"


@pytest.mark.parametrize("skew", [0.0, 1.5])
@pytest.mark.parametrize("wanted", ["dân tỉnh", "22/5/2024", "Kính gửi"])
def test_a_search_marks_the_words_where_they_are_printed(white: Path, tmp_path: Path, skew: float, wanted: str) -> None:
    read = page(skew)
    searchable_pdf.write(white, Document.assemble([read]), tmp_path / "b.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "b.pdf")
    across, down = pdf[0].get_size()
    text = pdf[0].get_textpage()
    first, count = text.search(wanted).get_next()
    boxes = [text.get_charbox(n) for n in range(first, first + count) if text.get_text_range(n, 1).strip()]
    parts = wanted.split()
    printed = [read.on_scan(w.box) for line in read.lines for w in line.words if w.text in parts or w.text.strip(":") in parts]
    left, right = min(b[0] for b in boxes) * WIDTH / across, max(b[2] for b in boxes) * WIDTH / across
    middle = HEIGHT - (min(b[1] for b in boxes) + max(b[3] for b in boxes)) / 2 * HEIGHT / down
    on_line = [b for b in printed if abs(b.middle[1] - middle) < 40]
    assert min(b.left for b in on_line) == pytest.approx(left, abs=15)
    assert max(b.right for b in on_line) == pytest.approx(right, abs=25)
    assert Box.around(on_line).middle[1] == pytest.approx(middle, abs=12)


def test_a_selection_gives_the_lines_in_reading_order(white: Path, tmp_path: Path) -> None:
    searchable_pdf.write(white, Document.assemble([page(1.5)]), tmp_path / "b.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "b.pdf")[0].get_textpage()
    said = " ".join(text.get_text_range().split())
    assert said == " ".join(PRINTED)
    assert "Ủy ban nhân dân" in text.get_text_bounded(0, 560, 595, 640) and "Sở" not in text.get_text_bounded(0, 560, 595, 640)


def archived(path: Path) -> Path:
    """A scan as PDF/A-2b: said in its metadata, with the intent for its colours."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        picture = pdf.make_stream(bytes([200]) * 100, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10,
                                  ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8)  # fmt: skip
        pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
        pdf.pages[0].obj["/Contents"] = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        pdf.Root["/OutputIntents"] = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.OutputIntent, S=pikepdf.Name("/GTS_PDFA1"))])
        with pdf.open_metadata() as said:
            said["pdfaid:part"], said["pdfaid:conformance"] = "2", "B"
        pdf.save(path)
    return path


def test_what_says_that_it_is_an_archive_file_stays_one(tmp_path: Path) -> None:
    source, out = archived(tmp_path / "a.pdf"), tmp_path / "b.pdf"
    searchable_pdf.write(source, Document.assemble([page()]), out)
    with pikepdf.open(source) as before, pikepdf.open(out) as after:
        assert after.open_metadata().pdfa_status == before.open_metadata().pdfa_status == "2B"
        assert "/OutputIntents" in after.Root and "/ID" in after.trailer and not after.is_encrypted
        (font,) = after.pages[0].obj["/Resources"]["/Font"].values()
        held = font["/DescendantFonts"][0]
        assert "/FontFile2" in held["/FontDescriptor"] and "/CIDToGIDMap" in held and "/ToUnicode" in font
        old, new = (pdf.pages[0].obj["/Resources"]["/XObject"]["/Im0"] for pdf in (before, after))
        assert old.read_raw_bytes() == new.read_raw_bytes()
