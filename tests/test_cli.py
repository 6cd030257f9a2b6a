import errno
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Said
from docx import Document as Docx
from papers import letter

from vanthu import cli, messages
from vanthu.errors import ExitCode
from vanthu.settings import Settings

Command = Callable[..., Said]


@pytest.fixture
def registered(office: Settings, vanthu: Command) -> Command:
    """An office with one letter and one answer to it."""
    letter(office.inbox / "a.docx")
    assert vanthu("intake").last_line == "registered 1, duplicates 0, rejected 0, waiting 0"
    return vanthu


def test_intake_ends_with_the_line_that_scripts_read(office: Settings, vanthu: Command) -> None:
    said = vanthu("intake")
    assert (said.code, said.out) == (0, "registered 0, duplicates 0, rejected 0, waiting 0\n")
    (office.inbox / "bad.pdf").write_bytes(b"nothing")
    letter(office.inbox / "a.docx")
    said = vanthu("intake")
    assert (said.code, said.last_line) == (1, "registered 1, duplicates 0, rejected 1, waiting 0")
    assert "bad.pdf" in said.err
    assert "bad.pdf" not in said.out


def test_intake_says_which_values_need_a_look_and_how_to_mend_them(office: Settings, vanthu: Command) -> None:
    headless = Docx()
    headless.add_paragraph("Kính gửi: Thủ trưởng các phòng, ban, ngành thành phố")
    headless.save(str(office.inbox / "a.docx"))
    said = vanthu("intake")
    assert said.code == 0
    assert "  cần xem lại: Số, ký hiệu, Ngày văn bản" in said.out
    assert "vanthu correct 1/2024 code" in vanthu("show", 1).out
    assert "Số, ký hiệu ?" in vanthu("show", 1).out
    mended = vanthu("correct", 1, "code", "221/UBND-NV").err
    assert "Đã đính chính code của văn bản 1/2024." in mended
    assert "vanthu correct 1/2024 issued_on" in mended


def test_extract_prints_the_record_and_nothing_else(tmp_path: Path, office: Settings, vanthu: Command) -> None:
    path = letter(tmp_path / "cv.docx")
    said = vanthu("extract", path, "--json")
    assert (said.code, said.err) == (0, "")
    record = said.json
    assert record["code"] == "221/UBND-NV"
    assert record["issued_on"] == "2024-03-06"
    assert record["_found"]["code"].keys() >= {"page", "box", "rule", "confidence", "needs_look"}
    assert "Phòng Nội vụ" in said.out  # not escaped
    assert not office.outputs.exists()
    assert path.exists()


def test_extract_of_several_files_needs_a_folder(tmp_path: Path, vanthu: Command) -> None:
    a, b = letter(tmp_path / "a.docx"), letter(tmp_path / "b.docx", code="5/UBND-NV")
    assert vanthu("extract", a, b, "--json").code == 2
    out = tmp_path / "out" / "deep"
    said = vanthu("extract", a, b, "--json", "--out", out)
    assert (said.code, said.out) == (0, "")
    assert {path.name: json.loads(path.read_text(encoding="utf-8"))["code"] for path in out.iterdir()} == {
        "a.json": "221/UBND-NV",
        "b.json": "5/UBND-NV",
    }
    assert vanthu("extract", a, b, "--text", "--out", out).code == 0
    assert "Kính gửi" in (out / "b.txt").read_text(encoding="utf-8")


def test_extract_does_not_write_two_files_into_one(tmp_path: Path, vanthu: Command) -> None:
    said = vanthu("extract", letter(tmp_path / "1" / "a.docx"), letter(tmp_path / "2" / "a.docx"), "--json", "--out", tmp_path / "out")
    assert said.code == 2
    assert "«a»" in said.err


def test_a_bad_file_among_good_ones(tmp_path: Path, vanthu: Command) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    said = vanthu("extract", bad, letter(tmp_path / "a.docx"), "--json", "--out", tmp_path / "out")
    assert said.code == 1
    assert "bad.pdf" in said.err
    assert (tmp_path / "out" / "a.json").is_file()
    assert not (tmp_path / "out" / "bad.json").exists()


def test_text_has_a_line_for_each_printed_line(tmp_path: Path, vanthu: Command) -> None:
    said = vanthu("extract", letter(tmp_path / "a.docx"), "--text")
    assert "Số: 221/UBND-NV\n" in said.out
    assert said.out.endswith("\n")
    assert not said.out.endswith("\n\n")


def test_read_gives_words_with_boxes(tmp_path: Path, vanthu: Command) -> None:
    read = vanthu("read", letter(tmp_path / "a.docx"), "--json").json
    (page,) = read["pages"]
    word = page["lines"][0]["words"][0]
    assert word["text"] == "ỦY"
    assert len(word["box"]) == 4
    assert 0 <= word["confidence"] <= 1
    assert read["text"][word["start"] :].startswith("ỦY")


def test_search(registered: Command) -> None:
    (hit,) = registered("search", "dan chu", "--json").json
    assert list(hit) == ["id", "number", "code", "issued_on", "issuer", "subject", "passage"]
    assert (hit["number"], hit["code"], hit["issued_on"]) == ("1/2024", "221/UBND-NV", "2024-03-06")
    assert registered("search", "so:221", 'coquan:"Rạch Giá"', "--json").json
    assert registered("search", "so:222", "--json").json == []
    assert registered("search", "khongco", "--json").code == 0
    assert "221/UBND-NV" in registered("search", "dân", "chủ").out


def test_show(registered: Command) -> None:
    by_id, by_number = registered("show", 1, "--json").json, registered("show", "1/2024", "--json").json
    assert by_id == by_number
    assert by_id.keys() >= {"id", "record", "files", "links", "follow_ups", "history"}
    assert by_id["record"]["code"] == "221/UBND-NV"
    assert "221/UBND-NV" in registered("show", 1).out
    missing = registered("show", "9/2024", "--json")
    assert (missing.code, missing.out) == (ExitCode.NOT_FOUND, "")


def test_due(registered: Command) -> None:
    items = registered("due", "--json").json
    assert [item["due_on"] for item in items if item["due_on"]] == ["2024-05-22", "2024-11-08"]
    assert all(item.keys() >= {"id", "document", "text", "lead", "due_on", "state", "late", "ours"} for item in items)
    assert {item["document"] for item in items} == {1}
    assert len(registered("due", "--until", "2024-06-01", "--json").json) == 1
    assert registered("due", "--until", "1/6/2024", "--json").json == registered("due", "--until", "2024-06-01", "--json").json
    assert [item["due_on"] for item in registered("due", "--unit", "phong noi vu", "--json").json] == ["2024-05-22"]
    assert registered("due", "--until", "soon").code == 2


def test_links(registered: Command) -> None:
    links = registered("links", "1/2024", "--json").json
    assert links.keys() == {"cites", "cited_by", "answers", "answered_by", "not_received"}


def test_a_correction_stands_and_is_written(office: Settings, registered: Command) -> None:
    assert registered("correct", 1, "subject", "dân chủ ở cơ sở").code == 0
    assert registered("show", 1, "--json").json["record"]["subject"] == "dân chủ ở cơ sở"
    assert json.loads((office.outputs / "records" / "1.json").read_text(encoding="utf-8"))["subject"] == "dân chủ ở cơ sở"
    assert registered("reread", 1).code == 0
    assert registered("reread").code == 0
    assert registered("show", 1, "--json").json["record"]["subject"] == "dân chủ ở cơ sở"
    assert "subject" in registered("correct", 1, "subjet", "x").err
    assert registered("correct", 1, "issued_on", "hôm qua").code == 2


def test_a_document_that_proves_secret_leaves_the_ordinary_register(office: Settings, registered: Command) -> None:
    registered("correct", 1, "subject", "chuyện kín")
    assert registered("correct", 1, "secrecy", "mật").code == 0
    assert registered("search", "chuyện kín", "--json").json == []
    assert registered("due", "--json").json == []
    (hit,) = registered("--mat", "search", "chuyện kín", "--json").json
    assert registered("--mat", "show", hit["id"], "--json").json["record"]["secrecy"] == "mật"
    assert registered("check").code == 0
    assert not (office.outputs / "records" / "1.json").exists()


def test_states_and_voiding(registered: Command) -> None:
    item = registered("due", "--json").json[0]["id"]
    assert registered("state", item, "done", "--note", "đã gửi").code == 0
    assert item not in [one["id"] for one in registered("due", "--json").json]
    assert registered("state", item, "finished").code == 2
    assert registered("assign", item, "Phòng Nội vụ").code == 0
    assert {one["id"]: one["unit"] for one in registered("show", 1, "--json").json["follow_ups"]}[item] == "Phòng Nội vụ"
    assert registered("assign", item, "").code == 0
    assert not any(one["unit"] for one in registered("show", 1, "--json").json["follow_ups"])
    assert registered("assign", 99, "Phòng Nội vụ").code == ExitCode.NOT_FOUND
    assert registered("void", 1, "--reason", "vào nhầm").code == 0
    assert registered("search", "dân chủ", "--json").json == []
    assert registered("check").code == 0


def test_rejected_and_retry(office: Settings, vanthu: Command) -> None:
    (office.inbox / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    vanthu("intake")
    (row,) = vanthu("rejected", "--json").json
    assert row.keys() >= {"file", "reason", "kept"}
    assert row["file"] == "bad.pdf"
    assert Path(row["kept"]).is_file()
    assert vanthu("retry", row["id"]).code == 1
    assert vanthu("retry", 99).code == ExitCode.NOT_FOUND


def test_attach(tmp_path: Path, registered: Command) -> None:
    assert registered("attach", "1/2024", letter(tmp_path / "phụ lục.docx", code="1/PL")).code == 0
    assert [file["name"] for file in registered("show", 1, "--json").json["files"]] == ["a.docx", "phụ lục.docx"]
    assert registered("check").code == 0


def test_check_says_what_is_not_as_it_should_be(office: Settings, registered: Command) -> None:
    assert registered("check").code == 0
    next(office.outputs.glob("store/??/*/original*")).write_bytes(b"changed")
    (office.outputs / "records" / "1.txt").unlink()
    said = registered("check")
    assert said.code == ExitCode.FAULTS
    assert len(said.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["serch", "x"], "search"),
        (["search", "--jsn", "x"], "--json"),
        (["search"], "QUERY"),
        (["extract", "no such file", "--json"], "no such file"),
        (["retry", "x"], "ID"),
        (["correct", "1"], "FIELD"),
        (["--nothing"], "--nothing"),
    ],
)
def test_wrong_use_is_code_2_with_a_hint_and_no_output(vanthu: Command, words: list[str], hint: str) -> None:
    said = vanthu(*words)
    assert (said.code, said.out) == (2, "")
    assert hint in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["search", "x", "--limit", "many"], "--limit: cần một số nguyên từ 1 trở lên"),
        (["import", "--year", "3", "x"], "--year: cần một số nguyên từ 1945 đến 2200"),
        (["retry", "x"], "ID: cần một số nguyên"),
        (["state", "1", "ended"], "chọn một trong: open, in_progress, done, dropped"),
        (["due", "--until"], "Tùy chọn --until cần một giá trị đi sau."),
        (["due", "--json=yes"], "Tùy chọn --json không kèm giá trị."),
        (["show", "1", "2", "3"], "Thừa: 2 3"),
        (["show"], "Thiếu ID"),
        (["due", "--until", "32/1/2024"], "«32/1/2024» không phải ngày"),
        (["pdf", "README.md", "docs"], "OUT.pdf: không ghi được ở đó"),
        (["extract", "README.md", "--text", "--out", "/dev/null"], "/dev/null: không phải thư mục"),
    ],
)
def test_wrong_use_is_said_in_the_language_spoken(vanthu: Command, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str) -> None:
    monkeypatch.chdir(Path(__file__).parent.parent)
    answer = vanthu(*words).err
    assert said in answer
    assert not re.search(r"\b(?:is|not|requires|argument|invalid)\b", answer)


@pytest.mark.parametrize("name", cli.MODULES)
def test_every_command_has_help(vanthu: Command, name: str) -> None:
    said = vanthu(name, "--help")
    assert said.code == 0
    assert said.out.startswith("Cách dùng: vanthu")


def test_english_on_demand(vanthu: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Không tìm thấy" in vanthu("search", "khongco").err
    monkeypatch.setenv("VANTHU_LANG", "en")
    assert "Nothing found" in vanthu("search", "khongco").err
    messages.speak("vi")


def test_a_wrong_setting_is_wrong_use(vanthu: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_TODAY", "hôm nay")
    said = vanthu("due")
    assert (said.code, said.out) == (2, "")


@pytest.mark.parametrize(
    ("error", "said", "code"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/srv/so"), "/srv/so: không có quyền", ExitCode.WRONG_USE),
        (OSError(errno.EROFS, "Read-only file system", "/srv/so"), "/srv/so: không ghi được", ExitCode.WRONG_USE),
        (FileExistsError(errno.EEXIST, "File exists", "/srv/so"), "/srv/so: không phải thư mục", ExitCode.WRONG_USE),
        (OSError(errno.ENOSPC, "No space left on device"), "Ổ đĩa đầy", ExitCode.NO_SPACE),
        (sqlite3.OperationalError("database or disk is full"), "Ổ đĩa đầy", ExitCode.NO_SPACE),
        (sqlite3.OperationalError("attempt to write a readonly database"), "không ghi được", ExitCode.WRONG_USE),
        (sqlite3.OperationalError("unable to open database file"), "không ghi được", ExitCode.WRONG_USE),
        (sqlite3.DatabaseError("file is not a database"), "hỏng", ExitCode.FAULTS),
        (sqlite3.OperationalError("database is locked"), "đang bận", ExitCode.BUSY),
    ],
)
def test_faults_of_the_machine_are_said_without_a_traceback(
    vanthu: Command, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str, code: ExitCode
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("vanthu.register.Register.open", broken)
    answer = vanthu("due")
    assert answer.code == code
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_fault_of_the_program_is_said_and_not_hidden(vanthu: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("vanthu.register.Register.open", broken)
    said = vanthu("due")
    assert said.code == ExitCode.BROKEN
    assert "ZeroDivisionError" in said.err


def run(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "vanthu", *map(str, words)]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, check=False)


def test_as_a_process(tmp_path: Path, office: Settings) -> None:
    letter(office.inbox / "a.docx")
    done = run("intake", LC_ALL="C", PYTHONIOENCODING="")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().splitlines()[-1] == "registered 1, duplicates 0, rejected 0, waiting 0"
    found = run("search", "dân chủ", "--json", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert json.loads(found.stdout.decode())[0]["code"] == "221/UBND-NV"


HEAVY = ("prefect", "spacy", "underthesea", "cv2", "numpy", "sqlite_utils", "starlette", "PIL", "docx")
HEAVY += ("pytesseract", "tesserocr", "pdf2image")


def test_searching_loads_nothing_heavy(registered: Command) -> None:
    code = f"import sys; from vanthu.cli import main; main(['search', 'dân']); print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
