"""Documents and records made by hand, and a register to put them in."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from models.context import Office
from models.document import Box, Document, Line, Page, Word
from models.found import Found
from models.record import Deadline, Record, Reference, Relative, Signer, Task
from vanthu.register import Entry, Register

OFFICE = Office(("Ủy ban nhân dân phường Vĩnh Thanh Vân", "UBND phường VTV"), (("Phòng Nội vụ", "PNV"), ("Văn phòng",)))
TODAY = date(2024, 5, 23)
BOX = Box(0, 0, 10, 10)


def open_register(folder: Path, **settings: Any) -> Register:
    return Register.open(folder / "outputs", **{"today": TODAY, "office": OFFICE} | settings)


def document(text: str) -> Document:
    pages = [
        Page(number, 100, 100, 300, "ocr", tuple(Line(tuple(Word(word, BOX) for word in line.split()), BOX) for line in page.split("\n")))
        for number, page in enumerate(text.split("\f"), 1)
    ]
    return Document.assemble(pages, "scan.pdf")


def found(value: Any, confidence: float = 0.9) -> Found[Any]:
    return Found(value, "test.rule", confidence)


def record(**values: Any) -> Record:
    """Plain values in, Found out; a value that is Found already stays."""

    def wrap(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(map(wrap, value))
        return value if isinstance(value, Found) or value is None else found(value)

    return Record(**{name: wrap(value) for name, value in values.items()})


def dispatch(**changes: Any) -> Record:
    """The city's letter on democracy at the grass roots, shortened."""
    plain: dict[str, Any] = {
        "doc_type": "công văn",
        "code": "221/UBND-NV",
        "issued_on": date(2024, 3, 6),
        "place": "Rạch Giá",
        "issuer": "Ủy ban nhân dân thành phố Rạch Giá",
        "subject": "một số nhiệm vụ trọng tâm về thực hiện dân chủ ở cơ sở năm 2024",
        "addressees": ["Thủ trưởng các phòng, ban, ngành thành phố", "Chủ tịch Ủy ban nhân dân các phường, xã"],
        "recipients": ["Sở Nội vụ tỉnh"],
        "signer": Signer("Nguyễn Văn Hòa", "CHỦ TỊCH", None),
        "references": [Reference("286/UBND-KGVX", "công văn", date(2024, 2, 1), "Ủy ban nhân dân tỉnh Kiên Giang")],
        "replies_to": ["286/UBND-KGVX"],
        "deadlines": [Deadline("trước ngày 22/5/2024", date(2024, 5, 22)), Deadline("trước ngày 08/11/2024", date(2024, 11, 8))],
        "tasks": [
            Task("1", "Tuyên truyền về dân chủ ở cơ sở", ("UBND các phường, xã",)),
            Task("4", "Phòng Nội vụ chủ trì kiểm tra", ("Phòng Nội vụ",), ("các cơ quan có liên quan",)),
            Task(None, "Báo cáo kết quả trước ngày 22/5/2024; trước ngày 08/11/2024", ("các đơn vị",), (), date(2024, 5, 22), (0, 1)),
        ],
    }
    return record(**plain | changes)


TEXT = """ỦY BAN NHÂN DÂN THÀNH PHỐ RẠCH GIÁ Số: 221/UBND-NV
V/v một số nhiệm vụ trọng tâm về thực hiện dân chủ ở cơ sở năm 2024
Thực hiện Công văn số 286/UBND-KGVX ngày 01/02/2024
\f1. Tuyên truyền về dân chủ ở cơ sở
Báo cáo kết quả trước ngày 22/5/2024; trước ngày 08/11/2024"""


def arrive(
    register: Register,
    folder: Path,
    name: str = "a.pdf",
    *,
    content: bytes | None = None,
    read: Record | None = None,
    text: str = TEXT,
    on: date = date(2024, 3, 7),
    direction: Any = "in",
) -> Entry:
    """A file on its whole way in."""
    path = folder / name
    path.write_bytes(content if content is not None else name.encode())
    sha256, _ = register.store.keep(path)
    file = register.claim(sha256, name=name, size=path.stat().st_size, direction=direction)
    return register.register(file.id, document(text), read or dispatch(), received_on=on, direction=direction)


def letter(code: str | None, day: str | None, issuer: str | None, **more: Any) -> Record:
    """A letter of which only what links need is known."""
    return record(doc_type="công văn", code=code, issued_on=date.fromisoformat(day) if day else None, issuer=issuer, **more)


def reference(case: Mapping[str, Any]) -> Reference:
    day = case.get("issued_on")
    return Reference(case["code"], case.get("doc_type"), date.fromisoformat(day) if day else None, case.get("issuer"))


def relative(count: int, unit: Any, start: Any) -> Deadline:
    return Deadline(f"trong thời hạn {count:02} ngày", None, Relative(count, unit, start))
