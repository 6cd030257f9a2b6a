"""A backup made while the office works is whole, and what it was made of comes back."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.papers import letter
from vanthu.errors import VanthuError, WrongUse
from vanthu.people import accounts, open_people
from vanthu.pipeline import again, audit, backups, checks, night, restoring, run
from vanthu.pipeline.place import Place
from vanthu.sections import Keeping
from vanthu.settings import Settings


@pytest.fixture
def busy(office: Settings) -> Settings:
    """An office with two letters, a secret one, a correction, a rejected file and a copy of the log."""
    for name, code, secrecy in (("a", "1/UBND-NV", ""), ("b", "2/UBND-NV", ""), ("c", "3/UBND-NV", "MẬT")):
        letter(office.inbox / f"{name}.docx", code, secrecy)
    (office.inbox / "d.pdf").write_bytes(b"")
    run.intake(office)
    place = Place(office)
    again.correct(place, 1, "archive", "VT, TH", "An")
    audit.export(place)
    place.close()
    return office


def content(settings: Settings) -> list[Any]:
    place = Place(settings)
    tables = ("documents", "files", "corrections", "events", "follow_ups", "texts")
    return [one.register.base.rows(f"SELECT * FROM {table}") for one in (place, place.apart) for table in tables]


def test_what_is_restored_is_what_was_there(busy: Settings, vanthu: Callable[..., Any], tmp_path: Path) -> None:
    done = vanthu("backup", tmp_path / "away")
    assert done.code == 0, done.err
    (made,) = backups.known(tmp_path / "away")
    assert subprocess.run(["sha256sum", "--quiet", "-c", backups.SUMS], cwd=made, check=False).returncode == 0
    before = content(busy)
    done = vanthu("restore", made, tmp_path / "new")
    assert (done.code, done.out) == (0, ""), done.out
    back = replace(busy, outputs=tmp_path / "new")
    assert content(back) == before
    assert checks.faults(Place(back)) == audit.faults(Place(back)) == []
    mat = tmp_path / "new" / "mat"
    assert not [path for path in (mat, *filter(Path.is_file, mat.rglob("*"))) if path.stat().st_mode & 0o077]
    assert made.stat().st_mode & 0o077 == made.parent.stat().st_mode & 0o077 == 0
    assert (tmp_path / "new" / "records" / "1.json").read_bytes() == (busy.outputs / "records" / "1.json").read_bytes()


def test_originals_are_linked_and_older_backups_thinned_out(busy: Settings) -> None:
    few = replace(busy, keeping=Keeping(backups_kept=2))
    made = [backups.make(few) for _ in range(3)]
    assert backups.known(few.backups) == [one.folder for one in made[1:]]
    kept = min((made[2].folder / "store").glob("??/*/*"))
    assert kept.stat().st_nlink >= 3
    assert restoring.trial(few, made[2].folder, few.backups) == []
    backups.thin_out(few.backups, 7, 1)
    assert len(backups.known(few.backups)) == 2


def test_a_backup_on_another_disk_copies_and_compares(busy: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_disk(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", other_disk)
    made = backups.make(busy, tmp_path / "disk")
    assert made.copied == made.files
    kept = next(iter(busy.outputs.glob("store/??/*/original*")))
    kept.write_bytes(b"changed")
    with pytest.raises(VanthuError, match="bị thay đổi"):
        backups.make(busy, tmp_path / "disk")
    assert backups.known(tmp_path / "disk") == [made.folder]


@pytest.mark.parametrize("damage", ["flip", "cut", "remove", "database"])
def test_a_damaged_backup_is_told(busy: Settings, damage: str, tmp_path: Path) -> None:
    made = backups.make(busy, tmp_path / "away").folder
    victim = made / "register.db" if damage == "database" else sorted((made / "store").glob("??/*/*"))[0]
    whole = victim.read_bytes()
    victim.unlink()
    if damage in ("flip", "database"):
        victim.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    elif damage == "cut":
        victim.write_bytes(whole[:10])
    assert restoring.trial(busy, made, tmp_path) != []
    assert restoring.restore(busy, made, tmp_path / "new") != []


def test_only_a_backup_into_an_empty_folder(busy: Settings, tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        restoring.restore(busy, busy.inbox, tmp_path / "new")
    made = backups.make(busy, tmp_path / "away").folder
    with pytest.raises(WrongUse):
        restoring.restore(busy, made, busy.outputs)


def test_a_backup_while_documents_come_in_is_a_moment_of_the_register(busy: Settings, tmp_path: Path) -> None:
    stop = threading.Event()
    made: list[Path] = []

    def back_up() -> None:
        while not stop.is_set() or not made:
            made.append(backups.make(busy, tmp_path / "away").folder)

    thread = threading.Thread(target=back_up)
    thread.start()
    for number in range(10, 16):
        letter(busy.inbox / f"{number}.docx", f"{number}/UBND-NV")
        run.intake(busy)
    stop.set()
    thread.join()
    for one in made[-4:]:
        assert restoring.trial(busy, one, tmp_path) == []


def test_a_killed_backup_is_cleared_away(busy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(backups, "_link", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            backups.make(busy)
    assert backups.known(busy.backups) == [] and list(busy.backups.glob(".partial-*"))
    backups.make(busy)
    assert len(backups.known(busy.backups)) == 1 and not list(busy.backups.glob(".partial-*"))


def test_the_night_backs_up_and_tries_to_restore(busy: Settings) -> None:
    assert night.back_up(busy) == []
    assert json.loads((busy.outputs / "backup.json").read_text())["good"] is True
    shutil.rmtree(next(busy.outputs.glob("store/??/*")))
    assert "thiếu bản gốc" in night.back_up(busy)[0]
    assert json.loads((busy.outputs / "backup.json").read_text())["good"] is False


def test_the_copy_of_the_register_is_one_file(busy: Settings) -> None:
    made = backups.make(busy).folder
    with sqlite3.connect(f"file:{made}/register.db?mode=ro&immutable=1", uri=True) as copy:
        assert copy.execute("SELECT count(*) FROM documents").fetchone() == (2,)


def test_a_backup_holds_the_accounts_for_the_owner_alone(busy: Settings, tmp_path: Path) -> None:
    live = open_people(busy.outputs)  # open while it is copied, as a desk that runs has it
    accounts.add(live, "hoa", "Hoa", "clerk", password="mưa rào tháng bảy", by="test")
    made = backups.make(busy, tmp_path / "away").folder
    accounts.add(live, "lan", "Lan", "clerk", password="mưa rào tháng bảy", by="test")
    live.close()
    assert stat.S_IMODE((made / "people.db").stat().st_mode) == 0o600 and not list(made.glob("people.db-*"))
    assert restoring.restore(busy, made, tmp_path / "again") == []
    again = open_people(tmp_path / "again")
    assert [row["login"] for row in accounts.listed(again)] == ["hoa"]
    assert stat.S_IMODE((tmp_path / "again" / "people.db").stat().st_mode) == 0o600
    again.close()
