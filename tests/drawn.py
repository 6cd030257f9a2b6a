"""Small real scans made on the spot: a page drawn at 200 dpi, to be read by Tesseract."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif{}.ttf"
"""Liberation Serif has no letters with two marks."""
BODY = [
    "Thực hiện Công văn số 286/UBND-KGVX ngày 01 tháng 02 năm 2024 của Ủy ban nhân dân tỉnh",
    "Kiên Giang, đề nghị các phòng, ban, ngành thành phố thực hiện một số nội dung sau:",
    "1. Phòng Nội vụ chủ trì tổ chức kiểm tra thực hiện dân chủ ở cơ sở trước ngày 22/5/2024.",
    "2. Phòng Văn hóa và Thông tin báo cáo kết quả về Ủy ban nhân dân thành phố.",
]


def scan(path: Path, number: int) -> Path:
    """A letter with this number as a picture of one page."""
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    plain, bold = ImageFont.truetype(SERIF.format(""), 29), ImageFont.truetype(SERIF.format("-Bold"), 27)
    for y, text in enumerate(("ỦY BAN NHÂN DÂN", "THÀNH PHỐ RẠCH GIÁ")):
        draw.text((430, 150 + 48 * y), text, 0, bold, anchor="ma")
    draw.text((430, 270), f"Số: {number}/UBND-NV", 0, plain, anchor="ma")
    draw.text((430, 325), "V/v kiểm tra thực hiện dân chủ", 0, plain, anchor="ma")
    draw.text((1160, 150), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0, bold, anchor="ma")
    draw.text((1160, 198), "Độc lập - Tự do - Hạnh phúc", 0, bold, anchor="ma")
    draw.text((1160, 270), "Rạch Giá, ngày 16 tháng 3 năm 2024", 0, plain, anchor="ma")
    draw.text((420, 450), "Kính gửi: Các phòng, ban, ngành thành phố", 0, plain)
    for y, text in enumerate(BODY):
        draw.text((190 if text[0] in "T12" else 150, 560 + 60 * y), text, 0, plain)
    draw.text((1160, 900), "CHỦ TỊCH", 0, bold, anchor="ma")
    draw.text((1160, 1150), "Nguyễn Văn Hòa", 0, bold, anchor="ma")
    path.parent.mkdir(parents=True, exist_ok=True)
    page.save(path, dpi=(200, 200))
    return path
