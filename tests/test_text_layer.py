"""Lớp chữ của PDF: words are made of letters that stand together, whatever pdfium puts between them."""

import io

import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from vanthu.readers import textlayer

LAST_PAGE = ((780, 85, "Nơi nhận:"), (780, 330, "CHỦ TỊCH"), (766, 85, "- Như trên;"), (752, 85, "- Lưu: VT."), (700, 320, "Lê Hồng Vinh"))


def test_a_page_of_few_lines_whose_letters_are_placed_one_by_one_is_read_in_words() -> None:
    page = pypdfium2.PdfDocument(_letter_by_letter())[0]
    assert "n\r\nh" in page.get_textpage().get_text_range()  # what pdfium makes of it
    words = [word.text for word in textlayer.read(page).words]
    assert words == ["Nơi", "nhận:", "CHỦ", "TỊCH", "-", "Như", "trên;", "-", "Lưu:", "VT.", "Lê", "Hồng", "Vinh"]


def _letter_by_letter() -> bytes:
    pdfmetrics.registerFont(TTFont("serif", "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"))
    data = io.BytesIO()
    paper = Canvas(data, pagesize=(595, 842), invariant=1)
    paper.setFont("serif", 9)
    for y, left, text in LAST_PAGE:
        for n, letter in enumerate(text):
            if letter != " ":
                paper.drawString(left + pdfmetrics.stringWidth(text[:n], "serif", 9), y, letter)
    paper.save()
    return data.getvalue()
