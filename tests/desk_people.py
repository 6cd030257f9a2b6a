"""A desk with people, and clients that have logged in."""

from typing import Any

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from vanthu.desk import app
from vanthu.people import ROLES, People, accounts, open_people
from vanthu.settings import Settings

PASSWORD = "mưa rào tháng bảy"
AT = "http://127.0.0.1"
UNIT = "Phòng Nội vụ"


def quick_hasher() -> PasswordHasher:
    """Checks that take no time: what they cost is no matter of these tests."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def with_everybody(settings: Settings) -> People:
    """An account for each role, named as it; `clerk-mat` is cleared."""
    people = open_people(settings.outputs)
    for role in ROLES:
        accounts.add(people, role, f"Người {role}", role, password=PASSWORD, by="test", unit=UNIT if role == "unit" else None)
    cleared = accounts.add(people, "clerk-mat", "Người được xem", "clerk", password=PASSWORD, by="test")
    accounts.clear(people, cleared, True, by="test")
    return people


def client(settings: Settings, *, secret: bool = False, base_url: str = AT) -> TestClient:
    return TestClient(app(settings, secret=secret), base_url=base_url, headers={"origin": base_url}, follow_redirects=False)


def logged_in(settings: Settings, name: str, *, secret: bool = False) -> TestClient:
    made = client(settings, secret=secret)
    answer = enter(made, name)
    assert answer.status_code == 303, answer.text
    return made


def enter(desk: TestClient, name: str, password: str = PASSWORD, **more: str) -> Any:
    return desk.post("/vao", data={"ten": name, "matkhau": password} | more)
