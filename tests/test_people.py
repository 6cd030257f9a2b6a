"""People: passwords, sessions, waiting after failures, roles, tokens; nothing of it readable where it is kept."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from vanthu.errors import NotFound, VanthuError, WrongUse
from vanthu.people import People, accounts, login, open_people, passwords, sessions, setup, tokens
from vanthu.people.base import VERSION
from vanthu.people.steps import steps

GOOD = "mưa rào tháng bảy"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> Iterator[People]:
    made = open_people(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def hoa(people: People) -> Any:
    return accounts.add(people, "hoa", "Nguyễn Thị Hoa", "clerk", password=GOOD, by="test")


def test_the_file_is_the_owners_alone_and_holds_no_password_and_no_key(people: People, hoa: Any, tmp_path: Path) -> None:
    key, token = sessions.start(people, hoa, "127.0.0.1"), tokens.make(people, "scan", "viewer", by="hoa")
    assert stat.S_IMODE((tmp_path / "people.db").stat().st_mode) == 0o600
    people.base.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("people.db*"))
    assert b"$argon2id$" in kept and b"hoa" in kept
    assert not any(secret.encode() in kept for secret in (GOOD, key, token, token.removeprefix("vanthu_")))


def test_the_version_is_that_of_the_last_step(people: People) -> None:
    assert len(steps.applied(people.base.db)) == VERSION == people.base.value("PRAGMA user_version")
    assert not steps.pending(people.base.db)


def test_a_newer_file_is_not_touched(tmp_path: Path) -> None:
    open_people(tmp_path).close()
    with sqlite3.connect(tmp_path / "people.db") as plain:
        plain.execute(f"PRAGMA user_version={VERSION + 1}")
    with pytest.raises(WrongUse):
        open_people(tmp_path)


def test_logging_in(people: People, hoa: Any) -> None:
    assert login.log_in(people, " HOA ", GOOD, "10.0.0.1") == hoa
    for name, password in (("hoa", GOOD + "x"), ("hoa", ""), ("ai", GOOD), ("", ""), ("hoa", "x" * 10_000)):
        with pytest.raises(login.Refused):
            login.log_in(people, name, password, f"10.0.1.{len(password) % 250}")


def test_a_name_without_an_account_is_checked_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher
    from argon2.exceptions import VerifyMismatchError

    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(passwords._NOBODY, GOOD)
    assert not passwords.is_old(passwords._NOBODY)
    assert not passwords.matches(None, GOOD)


def test_who_guesses_waits_longer_and_longer(people: People, hoa: Any, clock: Clock) -> None:
    for _ in range(login.FREE["account"]):
        with pytest.raises(login.Refused):
            login.log_in(people, "hoa", "sai rồi nhé", "10.0.0.9")
    waits = []
    for _ in range(9):
        with pytest.raises(login.Wait) as wait:
            login.log_in(people, "hoa", GOOD, "10.0.0.2")  # right, from elsewhere: nothing is checked
        waits.append(wait.value.values["seconds"])
        clock.now += waits[-1]
        with pytest.raises(login.Refused):
            login.log_in(people, "hoa", "sai rồi nhé", "10.0.0.9")
    assert waits[:3] == [30, 60, 120] and waits == sorted(waits) and waits[-1] == 3600
    clock.now += waits[-1] + 3600
    assert login.log_in(people, "hoa", GOOD, "10.0.0.2") == hoa
    assert login.log_in(people, "hoa", GOOD, "10.0.0.2") == hoa


def test_one_address_that_tries_many_names_waits_too(people: People, hoa: Any) -> None:
    for number in range(login.FREE["address"]):
        with pytest.raises(login.Refused):
            login.log_in(people, f"ai{number}", "sai rồi nhé", "10.0.0.9")
    with pytest.raises(login.Wait):
        login.log_in(people, "hoa", GOOD, "10.0.0.9")
    assert login.log_in(people, "hoa", GOOD, "10.0.0.2") == hoa


def test_many_tries_at_once_gain_nothing(people: People, hoa: Any) -> None:
    def guess(number: int) -> str:
        try:
            login.log_in(people, "hoa", f"đoán lần thứ {number}", "10.0.0.9")
        except VanthuError as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(guess, range(24)))
    assert ends.count("Refused") == login.FREE["account"] and ends.count("Wait") == 24 - login.FREE["account"]


def test_a_session_lives_over_a_restart_and_ends(people: People, hoa: Any, clock: Clock, tmp_path: Path) -> None:
    key = sessions.start(people, hoa, "127.0.0.1")
    again = open_people(tmp_path, clock)
    assert sessions.find(again, key) == hoa
    again.close()
    clock.now += sessions.IDLE - 1
    assert sessions.find(people, key) == hoa
    clock.now += sessions.IDLE - 1
    assert sessions.find(people, key) == hoa
    clock.now += sessions.IDLE + 1
    assert sessions.find(people, key) is None
    busy = sessions.start(people, hoa, "127.0.0.1")
    for _ in range(int(sessions.LONGEST / 3600)):
        clock.now += 3600
        assert sessions.find(people, busy)
    clock.now += 1
    assert sessions.find(people, busy) is None
    for nothing in ("", "x", key[:-1], sessions.hash_of(busy)):
        assert sessions.find(people, nothing) is None


def test_a_new_session_ends_the_one_before_and_has_another_key(people: People, hoa: Any) -> None:
    planted = sessions.start(people, hoa, "10.0.0.66")
    key = sessions.start(people, hoa, "10.0.0.1", instead_of=planted)
    assert key != planted and sessions.find(people, planted) is None and sessions.find(people, key) == hoa
    sessions.end(people, key)
    assert sessions.find(people, key) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda people, person: accounts.lock(people, person, True, by="test"),
        lambda people, person: accounts.set_password(people, person, "mật khẩu khác hẳn", by="test"),
    ],
)
def test_what_is_open_ends_with_a_lock_or_a_new_password(people: People, hoa: Any, change: Callable[..., None]) -> None:
    key = sessions.start(people, hoa, "127.0.0.1")
    change(people, hoa)
    assert sessions.find(people, key) is None
    with pytest.raises(login.Refused):
        login.log_in(people, "hoa", GOOD, "127.0.0.1")


def test_role_and_clearance_hold_at_once(people: People, hoa: Any) -> None:
    key = sessions.start(people, hoa, "127.0.0.1")
    accounts.set_role(people, hoa, "unit", "Phòng Nội vụ", by="test")
    accounts.clear(people, hoa, True, by="test")
    found = sessions.find(people, key)
    assert found and (found.role, found.unit, found.cleared) == ("unit", "Phòng Nội vụ", True) and accounts.any_cleared(people)


def test_there_is_always_an_administrator(people: People, hoa: Any) -> None:
    boss = accounts.add(people, "sep", "Trần Văn An", "administrator", password=GOOD, by="test")
    for change in (lambda: accounts.lock(people, boss, True, by="t"), lambda: accounts.set_role(people, boss, "viewer", None, by="t")):
        with pytest.raises(WrongUse, match="quản trị"):
            change()
    second = accounts.add(people, "hai", "Lê Thị Hai", "administrator", password=GOOD, by="test")
    accounts.lock(people, boss, True, by="t")
    with pytest.raises(WrongUse):
        accounts.set_role(people, second, "clerk", None, by="t")


@pytest.mark.parametrize(
    ("login_name", "name", "role", "password"),
    [
        ("Hoa Lan", "A", "clerk", GOOD),
        ("../x", "A", "clerk", GOOD),
        ("", "A", "clerk", GOOD),
        ("hoà", "A", "clerk", GOOD),
        ("lan", "", "clerk", GOOD),
        ("lan", "A" * 81, "clerk", GOOD),
        ("lan", "A\u202eB", "clerk", GOOD),
        ("lan", "A", "root", GOOD),
        ("lan", "A", "unit", GOOD),
        ("lan", "A", "clerk", "ngắn"),
        ("lan", "A", "clerk", "x" * 201),
        ("lan", "A", "clerk", "1111111111"),
        ("hoangthilan", "A", "clerk", "hoangthilan"),
        ("hoa", "A", "clerk", GOOD),
        ("lan", "Nguyễn Thị Hoa", "clerk", GOOD),
    ],
)
def test_what_makes_no_account(people: People, hoa: Any, login_name: str, name: str, role: Any, password: str) -> None:
    with pytest.raises(WrongUse):
        accounts.add(people, login_name, name, role, password=password, by="test")
    assert accounts.count(people) == 1


def test_the_first_account_is_the_administrators_and_needs_the_code_where_others_reach_the_desk(people: People) -> None:
    code = setup.new_code(people)
    assert code and setup.new_code(people) not in (None, code)  # each start has its own
    for wrong in (code, "", "x"):
        with pytest.raises(WrongUse):
            setup.first(people, "sep", "An", GOOD, code=wrong)
    code = setup.new_code(people)
    assert setup.first(people, "sep", "An", GOOD, code=code).role == "administrator"
    assert setup.new_code(people) is None
    for again in (code, None):
        with pytest.raises(WrongUse):
            setup.first(people, "hai", "Hai", GOOD, code=again)


def test_tokens(people: People) -> None:
    key = tokens.make(people, "phần mềm một cửa", "unit", by="sep", unit="Phòng Nội vụ")
    found = tokens.find(people, key)
    assert found and (found.name, found.role, found.unit, found.cleared) == ("API: phần mềm một cửa", "unit", "Phòng Nội vụ", False)
    (row,) = tokens.listed(people)
    assert key not in str(row) and row["used_on"] == people.base.today.isoformat()
    with pytest.raises(WrongUse):
        tokens.make(people, "phần mềm một cửa", "viewer", by="sep")
    for name, role, unit in (("", "viewer", None), ("a", "god", None), ("a", "unit", " ")):
        with pytest.raises(WrongUse):
            tokens.make(people, name, role, by="sep", unit=unit)
    tokens.revoke(people, row["id"], by="sep")
    assert tokens.find(people, key) is None and tokens.find(people, "") is None
    with pytest.raises(NotFound):
        tokens.revoke(people, row["id"], by="sep")
    assert tokens.make(people, "phần mềm một cửa", "viewer", by="sep") != key


def test_the_journal_tells_who_did_what_and_no_secrets(people: People, hoa: Any) -> None:
    accounts.set_role(people, hoa, "leader", None, by="sep")
    with pytest.raises(login.Refused):
        login.log_in(people, "hoa", "sai rồi nhé", "10.0.0.9")
    lines = [(row["who"], row["what"], row["about"]) for row in people.base.rows("SELECT * FROM journal ORDER BY id")]
    assert lines == [("test", "added", "hoa clerk"), ("sep", "role", "hoa leader"), ("hoa", "refused", "10.0.0.9")]
