"""Text layers of PDFs: which are read, which are turned into Unicode first, and which are left for the picture of the page."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from drawn import BODY, SERIF, scan
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from signing import born_digital

from models.document import Page
from vanthu.readers import read

LINES = [
    "Nơi nhận: Như trên; Lưu: VT, NV.",
    "Thực hiện Công văn số 286/UBND-KGVX ngày 01 tháng 02 năm 2024 của Ủy ban",
    "nhân dân tỉnh, đề nghị các phòng, ban báo cáo kết quả trước ngày 22/5/2024.",
]


def paper() -> tuple[BytesIO, canvas.Canvas]:
    pdfmetrics.registerFont(TTFont("Serif", SERIF.format("")))
    out = BytesIO()
    page = canvas.Canvas(out, pagesize=(595, 842))
    page.setFont("Serif", 9)
    return out, page


def spaced_wide(points: float) -> bytes:
    """Letters set apart by so many points."""
    out, page = paper()
    text = page.beginText(30, 750)
    text.setFont("Serif", 7)
    text.setCharSpace(points)
    for line in LINES:
        text.textLine(line)
    page.drawText(text)
    page.save()
    return out.getvalue()


def blank_by_blank() -> bytes:
    """A blank between all letters, three between words."""
    out, page = paper()
    for n, line in enumerate(LINES):
        page.setFont("Serif", 7)
        page.drawString(30, 750 - 20 * n, " ".join(line))
    page.save()
    return out.getvalue()


def letter_by_letter(between: str) -> bytes:
    """Each letter set on its own with a blank behind it, where it would stand anyway (`between`: what stands between words)."""
    out, page = paper()
    for n, line in enumerate(LINES):
        x = 60.0
        for letter in line.replace(" ", between):
            if letter != " ":
                page.drawString(x, 750 - 20 * n, letter + " ")
            x += page.stringWidth(letter, "Serif", 9)
    page.save()
    return out.getvalue()


def read_page(folder: Path, data: bytes) -> Page:
    (folder / "a.pdf").write_bytes(data)
    return read(folder / "a.pdf").pages[0]


@pytest.mark.parametrize("data", [spaced_wide(4), spaced_wide(6), blank_by_blank(), letter_by_letter(" ")], ids=["4", "6", "blanks", "set"])
def test_letters_that_stand_apart_are_put_together(tmp_path: Path, data: bytes) -> None:
    page = read_page(tmp_path, data)
    assert page.source == "text"
    assert [line.text for line in page.lines] == LINES


@pytest.mark.slow
def test_letters_of_which_no_words_can_be_made_are_left_to_the_picture(tmp_path: Path) -> None:
    assert read_page(tmp_path, letter_by_letter("")).source == "ocr"


def test_single_letters_that_are_words_stay(tmp_path: Path) -> None:
    lines = ["Các mục a b c d e g h i k của Phụ lục này", "1 2 3 4 5 6 7 8 9"]
    assert [line.text for line in read_page(tmp_path, born_digital(lines)).lines] == lines


def in_old_font(font: str, text: bytes) -> bytes:
    """A page set in a font whose codes are its own; the font is not in the file, as in those of the time."""
    with pikepdf.open(BytesIO(born_digital(["x"]))) as file:
        page = file.pages[0]
        face = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name(f"/{font}"), Encoding=pikepdf.Name.WinAnsiEncoding
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=file.make_indirect(face)))
        page.Contents = file.make_stream(b"BT /F 12 Tf 60 700 Td (" + text + b") Tj ET")
        out = BytesIO()
        file.save(out)
    return out.getvalue()


OLD = [
    (".VnTime", "Uû ban nh©n d©n tØnh Hµ T©y", "Uỷ ban nhân dân tỉnh Hà Tây"),
    (".VnTime", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("ABCDEF+.VnTimeH", "quyÕt ®Þnh", "QUYẾT ĐỊNH"),
    ("VNI-Times", "UÛy ban nhaân daân tænh Ñoàng Thaùp", "Ủy ban nhân dân tỉnh Đồng Tháp"),
    ("VNI-Times", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
]


@pytest.mark.parametrize(("font", "written", "printed"), OLD)
def test_text_of_old_fonts_is_read_as_it_looks(tmp_path: Path, font: str, written: str, printed: str) -> None:
    page = read_page(tmp_path, in_old_font(font, written.encode("cp1252")))
    assert page.source == "text"
    assert page.lines[0].text == printed


@pytest.mark.slow
def test_old_codes_in_a_font_that_does_not_say_so_are_not_believed(tmp_path: Path) -> None:
    assert read_page(tmp_path, in_old_font("Helvetica", "Uû ban nh©n d©n tØnh Hµ T©y ®· quyÕt ®Þnh".encode("cp1252"))).source != "text"


def test_the_icelandic_letter_is_the_vietnamese_one(tmp_path: Path) -> None:
    page = read_page(tmp_path, born_digital(["\u00d0\u1ed9c l\u1eadp - \u00d0i\u1ec1u 5 c\u1ee7a Lu\u1eadt \u00d0\u1ea5t \u0111ai"]))
    assert page.lines[0].text == "Độc lập - Điều 5 của Luật Đất đai"
    assert "\u00d0" not in page.lines[0].text


@pytest.mark.slow
def test_an_earlier_bad_reading_under_a_scan_is_not_believed(tmp_path: Path) -> None:
    out, page = paper()
    page.drawImage(ImageReader(str(scan(tmp_path / "a.png", 45))), 0, 0, 595, 842)
    bad = page.beginText(60, 700)
    bad.setFont("Serif", 9)
    bad.setTextRenderMode(3)
    for line in BODY * 3:
        bad.textLine(line.replace("n", "ri").replace("ơ", "o").replace("1", "l"))
    page.drawText(bad)
    page.save()
    done = read_page(tmp_path, out.getvalue())
    assert done.source == "ocr"
    assert "Thực hiện Công văn số 286/UBND-KGVX" in "\n".join(line.text for line in done.lines)
