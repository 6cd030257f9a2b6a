"""docs/register.md tells the schema as it is, and its questions can be put."""

import re
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.registering import arrive, letter, open_register
from vanthu.register import issuers, items, migrations
from vanthu.register.query import FIELDS
from vanthu.register.version import SCHEMA_VERSION

PAGE = (Path(__file__).parent.parent / "docs/register.md").read_text(encoding="utf-8")


@pytest.fixture
def db(tmp_path: Path) -> Database:
    register = open_register(tmp_path)
    arrive(register, tmp_path)
    return Database(register.base.conn)


def own_tables(db: Database) -> list[str]:
    return sorted(name for name in db.table_names() if not name.startswith(("_", "texts_fts", "sqlite_")))


def test_the_picture_has_every_table_and_column(db: Database) -> None:
    drawn = {
        table: re.findall(r"^ {8}(\w+) (\w+)", body, re.M) for table, body in re.findall(r"^ {4}(\w+) \{\n(.*?)^ {4}\}", PAGE, re.M | re.S)
    }
    real = {table: [(column.type.lower(), column.name) for column in db[table].columns] for table in own_tables(db)}
    assert drawn == real


def test_the_picture_has_every_key(db: Database) -> None:
    drawn = sorted(re.findall(r"^ {4}(\w+) \|\|--o\{ (\w+) : (\w+)$", PAGE, re.M))
    real = sorted((key.other_table, table, key.column) for table in own_tables(db) for key in db[table].foreign_keys)
    assert drawn == real


def test_every_query_field_is_told() -> None:
    assert all(f"`{name}:`" in PAGE for name in FIELDS)


def test_the_questions_can_be_put(db: Database) -> None:
    (questions,) = re.findall(r"```sql\n(.*?)```", PAGE, re.S)
    for question in questions.split(";"):
        db.conn.execute(question).fetchall()


def test_the_file_is_whole_on_its_own_and_safe(tmp_path: Path, db: Database) -> None:
    assert [db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys", "synchronous")] == ["wal", 1, 2]
    with sqlite3.connect(tmp_path / "outputs" / "register.db") as plain:
        assert plain.execute("SELECT code FROM documents").fetchall() == [("221/UBND-NV",)]
        assert plain.execute("SELECT rowid FROM texts_fts WHERE texts_fts MATCH 'dan AND chu'").fetchall() == [(1,)]


def test_the_version_is_that_of_the_last_step(db: Database) -> None:
    assert len(migrations.steps.applied(db)) == SCHEMA_VERSION == db.conn.execute("PRAGMA user_version").fetchone()[0]
    assert not migrations.steps.pending(db)


def test_a_register_of_an_older_schema_is_brought_up(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        arrive(register, tmp_path)
        old = Database(register.base.conn)
        for trigger in ("insert", "update"):
            old.execute(f"DROP TRIGGER documents_to_review_{trigger}")
        for table, column in (("documents", "part"), ("documents", "proposals"), ("documents", "refused"), ("document_files", "pages")):
            old.execute("DROP INDEX IF EXISTS idx_documents_file_id_part")
            old.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        old["documents"].create_index(["file_id"], unique=True)
        old["_sqlite_migrations"].delete_where("name='m004_batches'")
        old.execute("PRAGMA user_version=3")
    with open_register(tmp_path) as register:
        assert (register.show(1)["files"][0]["pages"], register.show(1)["proposals"], register.of_file(1)) == (None, [], [1])
        assert register.base.value("SELECT part FROM documents") == 1 and register.check() == []


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations.m001_the_register, "_texts", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_register(tmp_path)
    with open_register(tmp_path) as register:
        assert register.count() == 0 and register.check() == []


def test_bodies_that_have_issued_something_stand_in_a_table_as_long_as_an_entry_bears_them(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        first = arrive(register, tmp_path, "1.pdf", read=letter("1/SNV", "2024-03-01", "Sở Nội vụ")).id
        arrive(register, tmp_path, "2.pdf", read=letter("2/SNV", "2024-03-02", "Sở Nội vụ"))
        assert issuers.keys(register.base) == ["so noi vu"]
        register.correct(first, "issuer", "Sở Y tế", who="An")
        assert sorted(issuers.keys(register.base)) == ["so noi vu", "so y te"]
        register.correct(first, "issuer", "Sở Nội vụ", who="An")
        assert issuers.keys(register.base) == ["so noi vu"]


def test_whose_open_items_are_is_told_by_their_index_alone(db: Database) -> None:
    plan = db.execute(f"EXPLAIN QUERY PLAN SELECT f.document_id {items.OPEN} AND f.due_on<'2024-05-01'").fetchall()
    assert "COVERING INDEX idx_follow_ups_to_do (due_on<?)" in plan[0][3]


def test_an_arrival_asks_by_indexes_and_goes_through_nothing(tmp_path: Path) -> None:
    register = open_register(tmp_path)
    asked: list[str] = []
    register.base.conn.set_trace_callback(asked.append)
    register.cited([7])
    register.lately(1.0)
    register.entries(limit=5, state="registered", has_file=True)
    register.base.conn.set_trace_callback(None)
    questions = [question for question in asked if question.startswith("SELECT")]
    assert len(questions) >= 3
    plans = [row[3] for question in questions for row in register.base.conn.execute(f"EXPLAIN QUERY PLAN {question}")]
    assert not [step for step in plans if step.startswith("SCAN") and "json_each" not in step and "idx_documents_newest" not in step]
    for index in ("idx_citations_number", "idx_receipts_at", "idx_documents_newest"):
        assert any(index in step for step in plans)
