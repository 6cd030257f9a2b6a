"""An office for the browser: an old book, the sample dispatch read by the real reader, and a few letters with work in them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf

from models.context import Office
from models.record import Deadline, Task
from tests.registering import arrive, letter
from tests.test_import import workbook
from vanthu import settings as settings_of
from vanthu.pipeline import run
from vanthu.pipeline.place import Place
from vanthu.register import moving_in
from vanthu.samples import SAMPLE
from vanthu.settings import Settings

TODAY = date(2024, 5, 23)
OURS = Office(
    ("Ủy ban nhân dân phường Vĩnh Thanh Vân", "UBND phường Vĩnh Thanh Vân"), (("Phòng Nội vụ",), ("Văn phòng",), ("Phòng Kinh tế",))
)

OLD = [
    (
        "03/01/2024",
        1,
        "UBND tỉnh Kiên Giang",
        "15/UBND-KGVX",
        "28/12/2023",
        "Công văn V/v tăng cường công tác dân vận dịp Tết",
        "Phòng Nội vụ",
    ),
    ("04/01/2024", 2, "Sở Nội vụ", "02/BC-SNV", "02/01/2024", "Báo cáo kết quả cải cách hành chính năm 2023", "Văn phòng"),
    ("04/01/2024", 3, "Thành ủy Rạch Giá", "12-CT/TU", "02/01/2024", "Chỉ thị về tổ chức Tết Giáp Thìn", "Văn phòng"),
    (
        "02/02/2024",
        4,
        "UBND tỉnh Kiên Giang",
        "286/UBND-KGVX",
        "01/02/2024",
        "V/v một số nhiệm vụ trọng tâm về dân chủ ở cơ sở",
        "Phòng Nội vụ",
    ),
]
LETTERS = [
    ("97/SXD-QLN", "2024-05-17", "Sở Xây dựng", "công văn", "đôn đốc báo cáo kết quả rà soát nhà ở, nhà chung cư có nguy cơ mất an toàn"),
    ("14/CĐ-UBND", "2024-05-22", "Ủy ban nhân dân tỉnh Kiên Giang", "công điện", "tập trung ứng phó với mưa lũ, sạt lở bờ biển"),
    ("58/GM-SVHTT", "2024-05-21", "Sở Văn hóa và Thể thao", "giấy mời", "Họp chuẩn bị Ngày hội Văn hóa các dân tộc"),
    (
        "118/KH-UBND",
        "2024-05-20",
        "Ủy ban nhân dân thành phố Rạch Giá",
        "kế hoạch",
        "Triển khai phong trào Bình dân học vụ số trên địa bàn thành phố",
    ),
]
WORK = [
    ("Báo cáo số liệu nhà ở có nguy cơ mất an toàn", "Phòng Kinh tế", date(2024, 5, 21)),
    ("Rà soát các điểm sạt lở, báo cáo trước 16 giờ", "Văn phòng", date(2024, 5, 23)),
    ("Cử cán bộ dự họp, gửi danh sách đăng ký", "Văn phòng", date(2024, 5, 24)),
    ("Xây dựng kế hoạch của phường, gửi về thành phố", "Phòng Nội vụ", date(2024, 6, 14)),
]


def settings(home: Path) -> Settings:
    """Of an office under `home`."""
    environment = {
        "VANTHU_INBOX": str(home / "inbox"),
        "VANTHU_OUTPUTS": str(home / "outputs"),
        "VANTHU_QUIET": "0",
        "VANTHU_TODAY": TODAY.isoformat(),
    }
    return replace(settings_of.load(environment, home), office=OURS)


def smudged(source: Path, target: Path) -> None:
    """A scan whose first page has the pen run over number and day: nobody but a person can tell them."""
    with pikepdf.open(source) as pdf:
        page = pdf.pages[0]
        across, down = (float(size) / pixels for size, pixels in zip(page.mediabox[2:], (1654, 2339), strict=True))
        strokes = []
        for left, right in ((425, 500), (1152, 1192)):
            points = [(left + (right - left) * n / 6, 275 if n % 2 else 300) for n in range(7)]
            path = " ".join(f"{x * across:.1f} {(2339 - y) * down:.1f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))
            strokes.append(f"q 0.1 0.2 0.6 RG 3 w {path} S Q")
        page.contents_add("\n".join(strokes).encode())
        pdf.save(target)


def fill(settings: Settings, home: Path) -> int:
    """Fill the office; the entry of the sample."""
    place = Place(settings)
    form = ("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày văn bản", "Tên loại và trích yếu nội dung", "Đơn vị hoặc người nhận")
    moving_in.move_in(place.register.base, workbook(home / "so-2024.xlsx", OLD, form), who="Lan")
    settings.inbox.mkdir(exist_ok=True)
    smudged(SAMPLE, settings.inbox / "scan0001.pdf")
    (sample,) = run.intake(settings).outcomes
    assert sample.kind == "registered" and sample.entry_id
    for (code, issued, issuer, kind, subject), (text, unit, due) in zip(LETTERS, WORK, strict=True):
        item = {"tasks": [Task("1", text, (unit,), (), due)], "deadlines": [Deadline(f"trước ngày {due:%d/%m/%Y}", due)]}
        urgency = "hỏa tốc" if "CĐ" in code else None
        read = letter(code, issued, issuer, subject=subject, urgency=urgency, **item)
        name = f"{code.replace('/', '-')}.pdf"
        arrive(place.register, home, name, read=replace(read, doc_type=replace(read.doc_type, value=kind)), on=TODAY, text=subject)
    place.close()
    return sample.entry_id
