"""Whatever is done to the events behind the register's back is found."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.conftest import Said
from tests.papers import letter
from tests.registering import arrive, open_register
from tests.registering import letter as other
from vanthu.pipeline import audit as copies
from vanthu.pipeline import run
from vanthu.pipeline.place import Place
from vanthu.register import Register, audit, events
from vanthu.settings import Settings


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = open_register(tmp_path)
    arrive(register, tmp_path)
    arrive(register, tmp_path, "b.pdf", read=other("7/SNV", "2024-03-01", "Sở Nội vụ"))
    register.correct(1, "archive", "VT", who="An")
    assert audit.faults(register.base, tmp_path) == []
    return register


OPEN_UP = "DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; "


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE events SET who='Bình' WHERE id=3", "sự kiện 3 đã bị thay đổi"),
        ("UPDATE events SET detail=NULL WHERE id=5", "sự kiện 5 đã bị thay đổi"),
        ("DELETE FROM events WHERE id=2", "thiếu sự kiện 2 đến 2"),
        ("DELETE FROM events WHERE id=(SELECT max(id) FROM events)", "nhưng dừng ở"),
        ("DELETE FROM events WHERE id>2", "nhưng dừng ở 2"),
        ("DELETE FROM events", "nhưng dừng ở 0"),
        ("INSERT INTO events (at, who, what, hash) VALUES ('2024-01-01', 'An', 'corrected', 'f00')", "sự kiện 6 đã bị thay đổi"),
        ("UPDATE events SET id=id+100 WHERE id>3", "thiếu sự kiện 4 đến 103"),
        ("UPDATE chain SET hash='0'", "nhưng dừng ở 5"),
    ],
)
def test_every_tampering_is_found(register: Register, tmp_path: Path, sql: str, said: str) -> None:
    register.base.conn.executescript(OPEN_UP + sql)
    assert said in "\n".join(audit.faults(register.base, tmp_path))


def test_events_are_only_added_and_only_with_their_hash(register: Register) -> None:
    for sql in ("UPDATE events SET who='x'", "DELETE FROM events", "INSERT INTO events (at, who, what) VALUES ('a', 'b', 'c')"):
        with pytest.raises(Exception, match=r"only ever added|without its hash"):
            register.base.conn.execute(sql)


def test_a_chain_that_was_worked_out_anew_is_not_that_of_the_copies(office: Settings) -> None:
    letter(office.inbox / "a.docx")
    run.intake(office)
    place = Place(office)
    first = copies.export(place)
    assert first is not None and copies.export(place) is None
    place.register.correct(1, "archive", "VT, NV", who="An")
    assert copies.export(place) == first
    assert [line["id"] for line in map(json.loads, first.read_text().splitlines())] == [1, 2, 3]
    assert copies.faults(place) == []
    base, before = place.register.base, ""
    base.conn.executescript(OPEN_UP + "UPDATE events SET who='Bình' WHERE id=3")
    for row in base.rows("SELECT * FROM events ORDER BY id"):
        before = audit.digest(before, row)
        base.conn.execute("UPDATE events SET hash=? WHERE id=?", (before, row["id"]))
    base.conn.execute("UPDATE chain SET hash=?", (before,))
    assert copies.faults(place) == [f"nhật ký: sự kiện 3 khác với bản lưu {first.name}"]


@pytest.mark.parametrize("tail", [1, 200, 65_536])
def test_each_day_has_the_events_since_the_last_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tail: int) -> None:
    monkeypatch.setattr(audit, "_TAIL", tail)
    with open_register(tmp_path) as register:
        base, written = register.base, []
        for number in range(1, 5):
            base.fixed_today = date(2024, 5, 20 + number // 2)
            arrive(register, tmp_path, f"{number}.pdf", read=other(f"{number}/SNV", "2024-03-01", "Sở Nội vụ"))
            made = audit.export(base, tmp_path)
            assert made is not None
            made[0].write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in made[1]), encoding="utf-8")
            written.append((made[0].name, len(made[1])))
            assert audit.export(base, tmp_path) is None
        assert written == [("2024-05-20.jsonl", 2), ("2024-05-21.jsonl", 2), ("2024-05-21.jsonl", 4), ("2024-05-22.jsonl", 2)]
        assert audit.faults(base, tmp_path) == []


@pytest.mark.parametrize("damage", ["", "{", "[]\n", '{"id": 1}\n'])
def test_a_damaged_copy_is_a_fault(office: Settings, damage: str) -> None:
    letter(office.inbox / "a.docx")
    run.intake(office)
    place = Place(office)
    first = copies.export(place)
    assert first is not None
    changed = first.read_text().replace('"claimed"', '"rejected"')
    first.write_text(damage + changed if damage else changed, encoding="utf-8")
    assert copies.faults(place)


def test_the_command_says_what_it_finds(office: Settings, vanthu: "pytest.FixtureRequest", tmp_path: Path) -> None:
    letter(office.inbox / "a.docx")
    run.intake(office)
    said: Said = vanthu("check", "--audit")  # type: ignore[operator]
    assert said.code == 0, said.out
    place = Place(office)
    place.register.base.conn.executescript(OPEN_UP + "UPDATE events SET who='Bình' WHERE id=1")
    place.close()
    assert vanthu("check").code == 0  # type: ignore[operator]
    said = vanthu("check", "--audit")  # type: ignore[operator]
    assert (said.code, "sự kiện 1 đã bị thay đổi" in said.out) == (4, True)


def test_events_of_before_the_chain_are_chained(tmp_path: Path) -> None:
    with open_register(tmp_path) as register:
        arrive(register, tmp_path)
        old = Database(register.base.conn)
        for name in ("events_no_update", "events_chained", "events_end"):
            old.execute(f"DROP TRIGGER {name}")
        old.execute("ALTER TABLE events DROP COLUMN hash")
        old.execute("DROP TABLE chain")
        old.execute("CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'no'); END")
        old["_sqlite_migrations"].delete_where("name='m030_audit'")
        old.execute("PRAGMA user_version=1")
    with open_register(tmp_path) as register:
        assert audit.faults(register.base, tmp_path) == []
        with register.base.transaction():
            events.add(register.base, "corrected", who="An", document=1)
        assert audit.faults(register.base, tmp_path) == []
