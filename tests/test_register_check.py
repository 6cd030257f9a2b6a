"""Each kind of fault, made on purpose, is found and said."""

from pathlib import Path

import pytest

from tests.registering import arrive, open_register
from vanthu.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = open_register(tmp_path)
    arrive(register, tmp_path)
    assert register.check() == []
    return register


def kept(register: Register) -> Path:
    return Path(register.show(1)["files"][0]["kept"])


def test_an_original_that_changed(register: Register) -> None:
    kept(register).write_bytes(b"other")
    assert [fault[:12] for fault in register.check()] == ["kho: bản gốc"]


def test_an_original_that_is_gone(register: Register) -> None:
    kept(register).unlink()
    assert [fault[:9] for fault in register.check()] == ["kho: thiếu"[:9]]


def test_an_original_that_nobody_knows(register: Register, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    register.store.keep(tmp_path / "x")
    assert "không thuộc tệp nào" in register.check()[0]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE files SET state='claimed'", "vanthu intake"),
        ("DELETE FROM document_files", "không thuộc văn bản nào"),
        ("DELETE FROM texts", "không khớp"),
        ("INSERT INTO texts_fts(texts_fts, rowid, body) VALUES ('delete', 1, 'x')", "chỉ mục"),
        ("DROP TRIGGER texts_au; UPDATE texts SET body='x'", "chỉ mục"),
        ("UPDATE documents SET arrival_number=2", "thiếu số đến 1/2024"),
        ("PRAGMA foreign_keys=OFF; DELETE FROM files", "trỏ tới"),
    ],
)
def test_a_fault_of_the_tables(register: Register, sql: str, said: str) -> None:
    register.base.conn.executescript(sql)
    assert said in "\n".join(register.check())


def test_a_database_that_is_damaged(register: Register, tmp_path: Path) -> None:
    register.base.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = register.base.value("SELECT rootpage FROM sqlite_master WHERE name='idx_documents_received_on'")
    size = register.base.value("PRAGMA page_size")
    register.close()
    file = tmp_path / "outputs" / "register.db"
    content = bytearray(file.read_bytes())
    content[(root - 1) * size : root * size] = bytes(size)
    file.write_bytes(content)
    with open_register(tmp_path) as again:
        assert any(fault.startswith("cơ sở dữ liệu") for fault in again.check())
