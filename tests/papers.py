"""Small real papers made on the spot, which are read without Tesseract: letters as DOCX, stacks as PDF."""

from pathlib import Path

from docx import Document as Docx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from models.document import Document

LETTER = """Thực hiện Công văn số 286/UBND-KGVX ngày 01 tháng 02 năm 2024 của Ủy ban nhân dân tỉnh Kiên Giang về thực hiện dân chủ.
Chủ tịch Ủy ban nhân dân thành phố yêu cầu các phòng, ban, ngành thành phố thực hiện:
1. Phòng Nội vụ chủ trì, phối hợp với các cơ quan, tổ chức có liên quan tổ chức kiểm tra thực hiện dân chủ ở cơ sở trước ngày 22/5/2024.
2. Phòng Văn hóa và Thông tin báo cáo kết quả về Ủy ban nhân dân thành phố trước ngày 08/11/2024./."""


def letter(path: Path, code: str = "221/UBND-NV", secrecy: str = "", body: str = LETTER) -> Path:
    """A letter of a city, its head in a table of two columns as offices type it."""
    paper = Docx()
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    left.text = f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ RẠCH GIÁ\nSố: {code}\nV/v một số nhiệm vụ trọng tâm về thực hiện dân chủ ở cơ sở năm 2024" + (
        f"\n{secrecy}" if secrecy else ""
    )
    right.text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nRạch Giá, ngày 06 tháng 3 năm 2024"
    paper.add_paragraph("Kính gửi: Thủ trưởng các phòng, ban, ngành thành phố")
    for paragraph in body.split("\n"):
        paper.add_paragraph(paragraph)
    foot = paper.add_table(rows=1, cols=2).rows[0].cells
    foot[0].text = "Nơi nhận:\n- Sở Nội vụ tỉnh;\n- Lưu: VT, NV."
    foot[1].text = "CHỦ TỊCH\n\nNguyễn Văn Hòa"
    path.parent.mkdir(parents=True, exist_ok=True)
    paper.save(str(path))
    return path


def printed(path: Path, document: Document) -> Path:
    """The pages of a sketch as a PDF with a text layer: each word in its place."""
    scale = 72 / 200
    pdfmetrics.registerFont(TTFont("serif", "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"))
    path.parent.mkdir(parents=True, exist_ok=True)
    paper = canvas.Canvas(str(path), pagesize=(document.pages[0].width * scale, document.pages[0].height * scale), invariant=1)
    for page in document.pages:
        paper.setFont("serif", 8)
        for line in page.lines:
            for word in line.words:
                paper.drawString(word.box.left * scale, (page.height - word.box.bottom) * scale, word.text)
        paper.showPage()
    paper.save()
    return path
