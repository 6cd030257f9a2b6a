import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from models.record import Deadline, Task
from tests.registering import TODAY, arrive, letter, open_register
from vanthu.register import Register
from vanthu.register.passage import best
from vanthu.register.query import parse

LETTERS = [
    # code, day, issuer, type, subject, text, received
    (
        "221/UBND-NV",
        "2024-03-06",
        "Ủy ban nhân dân thành phố Rạch Giá",
        "công văn",
        "thực hiện dân chủ ở cơ sở",
        "Luật Thực hiện dân chủ ở cơ sở",
        "2024-03-07",
    ),
    (
        "21/UBND-NV",
        "2024-03-20",
        "Ủy ban nhân dân thành phố Hà Tiên",
        "công văn",
        "cải cách hành chính",
        "Căn cứ Công văn số 221/UBND-NV",
        "2024-04-02",
    ),
    ("05/BC-SNV", "2024-05-02", "Sở Nội vụ", "báo cáo", "kết quả tuyên truyền", "dẫn chứng của chủ tịch; khoá họp; đường bộ", "2024-05-03"),
    (
        "30-CT/TU",
        "2023-12-12",
        "Tỉnh ủy Kiên Giang",
        "chỉ thị",
        "phòng, chống sạt lở",
        "Quyết định số 59/2023/NĐ-CP về khoa học",
        "2023-12-15",
    ),
]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    folder = tmp_path_factory.mktemp("search")
    register = open_register(folder)
    for number, (code, day, issuer, doc_type, subject, text, received) in enumerate(LETTERS):
        due = date(2024, 6, 1 + number)
        task = Task("1", f"Báo cáo trước ngày {due:%d/%m/%Y}", ("Phòng Nội vụ" if number % 2 else "Phòng Tư pháp",), (), due, (0,))
        read = letter(code, day, issuer, subject=subject, deadlines=[Deadline(f"trước ngày {due:%d/%m/%Y}", due)], tasks=[task])
        read = type(read)(
            **{name: getattr(read, name) for name in read.__dataclass_fields__} | {"doc_type": type(read.code)(doc_type, "t", 1.0)}
        )
        arrive(register, folder, f"{number}.pdf", read=read, text=text, on=date.fromisoformat(received))
    return register


def found(register: Register, query: str) -> list[str]:
    return [row["code"] for row in register.search(query)]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("dan chu", ["221/UBND-NV", "05/BC-SNV"]),
        ("dân chủ", ["221/UBND-NV", "05/BC-SNV"]),
        ("dẫn chứng", ["05/BC-SNV"]),
        (unicodedata.normalize("NFD", "dân chủ"), ["221/UBND-NV", "05/BC-SNV"]),
        ("DÂN CHỦ", ["221/UBND-NV", "05/BC-SNV"]),
        ('"dan chu"', ["221/UBND-NV"]),
        ('"chu dan"', []),
        ("duong bo", ["05/BC-SNV"]),
        ("khóa họp", ["05/BC-SNV"]),
        ("khoá họp", ["05/BC-SNV"]),
        ("khoa", ["30-CT/TU", "05/BC-SNV"]),
        ("khóa", ["05/BC-SNV", "30-CT/TU"]),
        ("tuy*", ["05/BC-SNV"]),
        ("221/UBND-NV", ["221/UBND-NV", "21/UBND-NV"]),
        ("221/ubnd-nv", ["221/UBND-NV", "21/UBND-NV"]),
        ("0221/UBND-NV", ["221/UBND-NV"]),
        ("221/UBND", ["221/UBND-NV", "21/UBND-NV"]),
        ("221", ["221/UBND-NV", "21/UBND-NV"]),
        ("21/UBND-NV", ["21/UBND-NV"]),
        ("UBND-NV", ["21/UBND-NV", "221/UBND-NV"]),
        ("5/BC-SNV", ["05/BC-SNV"]),
        ("59/2023/NĐ-CP", ["30-CT/TU"]),
        ("30-ct/tu", ["30-CT/TU"]),
        ("so:221", ["221/UBND-NV"]),
        ("so:5", ["05/BC-SNV"]),
        ("so:21..221", ["21/UBND-NV", "221/UBND-NV", "30-CT/TU"]),
        ("kyhieu:UBND-NV", ["21/UBND-NV", "221/UBND-NV"]),
        ("kyhieu:221/UBND-NV", ["221/UBND-NV"]),
        ("kyhieu:%", []),
        ('coquan:"Sở Nội vụ"', ["05/BC-SNV"]),
        ("coquan:UBND", ["21/UBND-NV", "221/UBND-NV"]),
        ('coquan:"UBND TP Hà Tiên"', ["21/UBND-NV"]),
        ('loai:"báo cáo"', ["05/BC-SNV"]),
        ("loại:chỉ", ["30-CT/TU"]),
        ("ngay:2024-03", ["21/UBND-NV", "221/UBND-NV"]),
        ("den:2024-03..2024-04", ["21/UBND-NV", "221/UBND-NV"]),
        ("den:2023", ["30-CT/TU"]),
        ("han:<2024-06-02", ["221/UBND-NV"]),
        ("han:2024-06", ["05/BC-SNV", "21/UBND-NV", "221/UBND-NV", "30-CT/TU"]),
        ("han:tuan-nay", []),
        ("han:tuan-sau", ["21/UBND-NV", "221/UBND-NV"]),
        ('donvi:"Phòng Nội vụ"', ["21/UBND-NV", "30-CT/TU"]),
        ('donvi:"Phòng Nội vụ" han:<=2024-06-02 trangthai:open', ["21/UBND-NV"]),
        ('donvi:"Phòng Nội vụ" han:2024-06-01', []),
        ("trangthai:done", []),
        ("trangthai:tre", []),
        ("sat lo ngay:2023-12", ["30-CT/TU"]),
        ("sat lo ngay:2024", []),
        ("khongcogi", []),
        ("", []),
    ],
)
def test_a_query_finds(register: Register, query: str, codes: list[str]) -> None:
    assert sorted(found(register, query)) == sorted(codes)
    if not any(mark in query for mark in ":*"):
        assert found(register, query)[:1] == codes[:1], "the best comes first"


def test_results_are_of_the_contract(register: Register) -> None:
    (row,) = register.search("sạt lở")
    assert row == {
        "id": 4,
        "number": "1/2023",
        "code": "30-CT/TU",
        "issued_on": "2023-12-12",
        "issuer": "Tỉnh ủy Kiên Giang",
        "subject": "phòng, chống sạt lở",
        "passage": "30-CT/TU · phòng, chống «sạt lở» · Tỉnh ủy Kiên Giang",
    }


def test_words_as_typed_come_before_words_without_their_marks(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        arrive(register, tmp_path, "a.pdf", read=letter("1/A-B", None, "A"), text="bàn giao " * 3)
        arrive(register, tmp_path, "b.pdf", read=letter("2/A-B", None, "A"), text="bản " + "chữ khác " * 200)
        assert found(register, "bản") == ["2/A-B", "1/A-B"]
        assert found(register, "bàn") == ["1/A-B", "2/A-B"]
        assert found(register, "ban") == ["1/A-B", "2/A-B"]


def test_words_side_by_side_come_first(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        arrive(register, tmp_path, "a.pdf", read=letter("1/A-B", None, "A"), text="chủ tịch, dân số " * 3)
        arrive(register, tmp_path, "b.pdf", read=letter("2/A-B", None, "A"), text="dân chủ " + "chữ khác " * 20)
        for number in range(6):
            arrive(register, tmp_path, f"{number}.pdf", read=letter(f"{number + 10}/A-B", None, "A"), text="khác")
        assert found(register, "dan chu") == ["2/A-B", "1/A-B"]


def test_the_limit_is_kept(register: Register) -> None:
    assert len(register.search("ubnd", limit=1)) == 1 and len(register.search("han:2024-06", limit=2)) == 2


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Tiếp tục DÂN\nCHỦ ở cơ sở.", "dan chu", "Tiếp tục «DÂN CHỦ» ở cơ sở."),
        ("dẫn chứ và dân chủ", "dân chủ", "dẫn chứ và «dân chủ»"),
        ("Hoà bình", "hòa", "«Hoà» bình"),
        ("Công văn số 221/UBND-NV ngày", "221/ubnd-nv", "Công văn số «221/UBND-NV» ngày"),
        ("khoa học, khoác", "khoa", "«khoa» học, khoác"),
        ("khoa học, khoác", "khoa*", "«khoa» học, «khoá»c"),
        ("không có", "dan", None),
    ],
)
def test_the_passage_shows_the_hit_in_its_own_letters(text: str, query: str, expected: str | None) -> None:
    assert best(text, parse(query, TODAY).terms) == expected


def test_a_long_text_is_cut_at_blanks_round_the_best_place() -> None:
    text = "dân số " * 50 + "mở đầu " * 40 + "dân chủ ở cơ sở " + "kết thúc " * 50
    passage = best(text, parse("dan chu", TODAY).terms)
    assert passage is not None and passage.startswith("…") and passage.endswith("…")
    assert "«dân chủ»" in passage and len(passage) < 200 and passage.strip("…").split()[0] in ("mở", "đầu")


def test_searching_imports_nothing_heavy(register: Register) -> None:
    code = (
        "import sys; from pathlib import Path; from vanthu.register import Register;"
        f"print(len(Register.open(Path({str(register.base.folder)!r})).search('dân chủ')));"
        "print([name for name in ('numpy', 'sqlite_utils', 'holidays', 'spacy', 'prefect', 'cv2') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split("\n")[:2] == ["2", "[]"]
