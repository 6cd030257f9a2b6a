import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from papers import letter

from vanthu.pipeline import again, run
from vanthu.pipeline.checks import faults
from vanthu.pipeline.names import letter_of
from vanthu.pipeline.place import Place
from vanthu.settings import Settings

LETTERS = [("123_QĐ.pdf", "a"), ("CV 45 UBND.signed.pdf", "b"), ("scan0001.pdf", "s"), ("12.pdf", "t"), ("CV mẫu biểu.pdf", "m")]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("123_QD_phu luc.xlsx", "a"),
        ("123_QĐ_PL1.pdf", "a"),
        ("123_QĐ_Phụ lục II.docx", "a"),
        ("PL 01 123_QD.pdf", "a"),
        ("Phụ lục kèm theo 123_QD.pdf", "a"),
        ("123_QD.docx", "a"),
        ("123_QD.xlsx", "a"),
        ("CV 45 UBND_danh sách.xlsx", "b"),
        ("CV 45 UBND kem theo bieu so 2.pdf", "b"),
        ("CV mẫu biểu_PL.xlsx", "m"),
        ("12 bao cao.xlsx", "t"),
        ("123_QD_2.pdf", None),
        ("scan0001_a.pdf", None),
        ("scan0002.pdf", None),
        ("Bảng lương.xlsx", None),
        ("12_kh.pdf", None),
        ("123.xlsx", None),
        ("Phụ lục.pdf", None),
    ],
)
def test_names_say_which_letter_an_annex_belongs_to(name: str, letter: str | None) -> None:
    assert letter_of(name, LETTERS) == letter


def sheet(path: Path, text: str = "Trường Tiểu học Âu Cơ") -> Path:
    book = Workbook()
    page: Any = book.active
    page.append(["TT", "Đơn vị", "Chỉ tiêu"])
    page.append([1, text, 12.0])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def packed(path: Path, *files: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file, file.name)
    return path


def only(settings: Settings, secret: bool = False) -> dict[str, Any]:
    register = Place(settings, secret).register
    (line,) = register.entries(limit=9, state="registered")
    return register.show(line["id"])


def roles(shown: dict[str, Any]) -> dict[str, str]:
    return {file["name"]: file["role"] for file in shown["files"]}


def test_an_annex_is_found_with_its_letter_and_once(office: Settings) -> None:
    letter(office.inbox / "123_QD.docx")
    data = sheet(office.inbox / "123_QD_phu luc.xlsx").read_bytes()
    assert run.intake(office).counts() == {"registered": 1, "duplicates": 0, "rejected": 0, "waiting": 0}
    assert roles(only(office)) == {"123_QD.docx": "main", "123_QD_phu luc.xlsx": "attached"}
    register = Place(office).register
    (hit,) = register.search("tieu hoc au co")
    assert "Âu Cơ" in hit["passage"].replace("«", "").replace("»", "").replace("[", "").replace("]", "")
    (office.inbox / "123_QD_PL.xlsx").write_bytes(data)
    assert run.intake(office).counts()["duplicates"] == 1
    assert len(only(office)["files"]) == 2
    assert faults(Place(office)) == []


def test_an_annex_in_another_folder_belongs_to_nobody(office: Settings) -> None:
    letter(office.inbox / "a" / "123_QD.docx")
    sheet(office.inbox / "b" / "123_QD_phu luc.xlsx")
    run.intake(office)
    assert roles(only(office)) == {"123_QD.docx": "main"}
    (row,) = Place(office).register.rejected()
    assert row["reason"] == "lone_annex"


def test_an_annex_may_come_before_its_letter_or_after(office: Settings) -> None:
    sheet(office.inbox / "123_QD_PL1.xlsx")
    assert run.intake(office).count("rejected") == 1
    letter(office.inbox / "123_QD.docx")
    run.intake(office)
    sheet(office.inbox / "123_QD_PL2.xlsx", "Trường Trung học Lê Lợi")
    run.intake(office)
    assert set(roles(only(office))) == {"123_QD.docx", "123_QD_PL1.xlsx", "123_QD_PL2.xlsx"}
    assert Place(office).register.rejected() == []


def test_a_letter_of_its_own_is_no_annex_whatever_its_name(office: Settings, tmp_path: Path) -> None:
    letter(tmp_path / "x.docx", code="5/UBND-NV")
    packed(office.inbox / "hs.zip", letter(tmp_path / "1.docx", code="6/UBND-NV"), tmp_path / "x.docx", sheet(tmp_path / "bieu.xlsx"))
    run.intake(office)
    register = Place(office).register
    shown = [register.show(line["id"]) for line in register.entries(limit=9)]
    assert {entry["record"]["code"] for entry in shown} == {"5/UBND-NV", "6/UBND-NV"}
    assert all({"hs.zip", "bieu.xlsx"} < set(roles(entry)) for entry in shown)


def bundle(office: Settings, folder: Path, secrecy: str = "") -> Path:
    (folder / "note.txt").write_text("ghi chú")
    return packed(
        office.inbox / "hồ sơ.zip", sheet(folder / "a_bieu.xlsx"), letter(folder / "cv.docx", secrecy=secrecy), folder / "note.txt"
    )


def test_an_archive_is_one_entry_and_kept_itself(office: Settings, tmp_path: Path) -> None:
    data = bundle(office, tmp_path).read_bytes()
    assert run.intake(office).counts()["registered"] == 1
    shown = only(office)
    assert roles(shown) == {"cv.docx": "main", "a_bieu.xlsx": "attached", "note.txt": "attached", "hồ sơ.zip": "archive"}
    assert {file["name"]: file["unread"] for file in shown["files"]}["note.txt"] == "unknown_format"
    assert any(Path(file["kept"]).read_bytes() == data for file in shown["files"])
    (office.inbox / "again.zip").write_bytes(data)
    assert run.intake(office).counts() == {"registered": 0, "duplicates": 1, "rejected": 0, "waiting": 0}
    assert faults(Place(office)) == []


def test_an_archive_of_a_secret_letter_leaves_no_trace(office: Settings, tmp_path: Path) -> None:
    bundle(office, tmp_path, secrecy="MẬT")
    run.intake(office)
    assert set(roles(only(office, secret=True))) == {"cv.docx", "a_bieu.xlsx", "note.txt", "hồ sơ.zip"}
    assert not any(office.outputs.glob("store/??/*"))
    ordinary = [path for path in office.outputs.rglob("*") if path.is_file() and office.secret_outputs not in path.parents]
    for path in ordinary:
        assert not [word for word in ("hồ sơ.zip", "a_bieu", "cv.docx") if word.encode() in path.read_bytes()], path
    assert faults(Place(office)) == []


def test_an_archive_without_a_letter_says_so(office: Settings, tmp_path: Path) -> None:
    packed(office.inbox / "so lieu.zip", sheet(tmp_path / "a.xlsx"), sheet(tmp_path / "b.xlsx", "khác"))
    assert run.intake(office).counts()["registered"] == 0
    assert {row["file"]: row["reason"] for row in Place(office).register.rejected()} == {
        "a.xlsx": "lone_annex",
        "b.xlsx": "lone_annex",
        "so lieu.zip": "no_letter",
    }


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


@pytest.mark.parametrize("secrecy", ["", "MẬT"])
@pytest.mark.parametrize("at", ["keep", "claim", "pack", "belong", "attach", "sign", "forget", "register"])
@pytest.mark.parametrize("nth", [1, 3])
def test_a_kill_while_an_archive_is_taken_in(
    office: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secrecy: str, at: str, nth: int
) -> None:
    bundle(office, tmp_path, secrecy)
    owner: Any = type(Place(office).register.store) if at == "keep" else type(Place(office).register)
    real, calls = getattr(owner, at), [0]

    def dies(self: Any, *given: Any, **named: Any) -> Any:
        result = real(self, *given, **named)
        calls[0] += 1
        if calls[0] == nth:
            raise Killed
        return result

    with monkeypatch.context() as patch:
        patch.setattr(owner, at, dies)
        with suppress(Killed):
            run.intake(office)
    run.intake(office)
    assert len(roles(only(office, secret=bool(secrecy)))) == 4
    assert Place(office).register.rejected() == []
    assert Place(office).register.pending() == []
    if secrecy:
        assert not any(office.outputs.glob("store/??/*"))
    assert faults(Place(office)) == []


def test_attach_reads_what_it_can_and_keeps_the_rest(office: Settings, tmp_path: Path, vanthu: Callable[..., Any]) -> None:
    letter(office.inbox / "a.docx")
    run.intake(office)
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"))
    for path in (sheet(tmp_path / "b.xlsx"), tmp_path / "old.doc", tmp_path / "b.xlsx"):
        assert vanthu("attach", "1", path).code == 0
    assert {file["name"]: file["unread"] for file in only(office)["files"]} == {"a.docx": None, "b.xlsx": None, "old.doc": "old_office"}
    assert vanthu("search", "au co", "--json").json[0]["id"] == 1
    assert "Word/Excel" in vanthu("show", "1").out
    again.reread(Place(office), 1)
    assert vanthu("search", "au co", "--json").json[0]["id"] == 1
    assert vanthu("check").code == 0


def test_attaching_the_letter_itself_changes_nothing(office: Settings, tmp_path: Path) -> None:
    data = letter(office.inbox / "a.docx").read_bytes()
    run.intake(office)
    (tmp_path / "again.docx").write_bytes(data)
    again.attach(Place(office), 1, tmp_path / "again.docx")
    assert roles(only(office)) == {"a.docx": "main"}
