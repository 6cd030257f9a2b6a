"""Who may what: every address by every role, and a secret document that nobody uncleared learns of, whichever way they ask."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from tests.desk_people import client, enter, logged_in, quick_hasher, with_everybody
from tests.registering import OFFICE, arrive, dispatch, letter
from vanthu.desk import access, app
from vanthu.people import ROLES, Person, passwords
from vanthu.pipeline.place import Place
from vanthu.settings import Settings

MARKS = ("ZQXMAT", "9977", "ban-do-kho", "Kho vũ khí")
SECRET = {"code": "9977/ZQXMAT", "issuer": "Bộ Chỉ huy Kho vũ khí", "subject": "ZQXMAT bản đồ Kho vũ khí", "secrecy": "MẬT"}
ABSENT = 7777


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hasher", quick_hasher)


@pytest.fixture
def office(office: Settings) -> Settings:
    return replace(office, office=OFFICE)


def addresses() -> list[Any]:
    """Every route of the desk, those of a mount by its own name."""
    from vanthu.settings import load

    return list(app(load({}, Path("/nonexistent"))).routes)


def filled(route: Any, entry: int, item: int = 2) -> str:
    """The address of a route with something in each of its places."""
    if isinstance(route, Mount):
        return f"{route.path}/desk.css"
    parts = {"id": entry, "number": 1, "file": 1, "item": item, "person": 2, "key": "code", "run": 1}
    text = route.path
    for name in route.param_convertors:
        convertor = route.param_convertors[name]
        value = parts.get(name, 1)
        text = text.replace(f"{{{name}:{type(convertor).__name__.removesuffix('Convertor').lower()[:3]}}}", str(value))
        text = text.replace(f"{{{name}:int}}", str(value)).replace(f"{{{name}:path}}", str(value)).replace(f"{{{name}}}", str(value))
    assert "{" not in text, text
    return text


def methods(route: Any) -> list[str]:
    return sorted((route.methods or set()) - {"HEAD"}) if isinstance(route, Route) else ["GET"]


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    names = [route.name for route in addresses()]
    assert len(set(names)) == len(names)
    assert set(names) == set(access.rules()) - {name for name in access.rules() if name.startswith(("api.", "act/"))}
    with Path(access.__file__).with_suffix(".tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) == {"name", "open", "mat", *ROLES} and row["open"] in ("yes", "no") and row["mat"] in ("yes", "no")
        assert all(row[role] in ("yes", "no") for role in ROLES if role != "unit") and row["unit"] in ("yes", "no", "own", "list"), row


def test_an_address_without_a_line_is_refused_to_everybody() -> None:
    assert all(access.may("nothing", Person("a", role=role)) == "no" for role in ROLES)
    assert not access.CLOSED.is_open and not access.CLOSED.mat


def ask(desk: TestClient, method: str, path: str) -> Any:
    return desk.request(method, path, data={} if method == "POST" else None)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_table_says_and_no_more(office: Settings, role: str, tmp_path: Path) -> None:
    with_everybody(office)
    with Place(office).register as register:
        ours = arrive(register, tmp_path)
        other = arrive(register, tmp_path, "b.pdf", read=letter("5/SNV-TC", "2024-03-01", "Sở Nội vụ"), text="Việc khác")
    desk = logged_in(office, role)
    for route in addresses():
        if route.name in ("login", "logout", "api"):
            continue  # tested with log-in: logging out would spoil the rest
        for method in methods(route):
            rule = access.rules()[route.name].roles[role]  # type: ignore[index]
            status = ask(desk, method, filled(route, ours.id)).status_code
            assert (status == 403) == (rule == "no") and status < 500, (role, method, route.path, status)
            if rule == "own":
                assert ask(desk, method, filled(route, other.id, ABSENT)).status_code == 403, route.path


def test_nobody_in_without_log_in(office: Settings, tmp_path: Path) -> None:
    with_everybody(office)
    entry = arrive(Place(office).register, tmp_path)
    for secret in (False, True):
        desk = client(office, secret=secret)
        for route in addresses():
            if access.rules()[route.name].is_open or route.name == "api":
                continue
            for method in methods(route):
                answer = ask(desk, method, filled(route, entry.id))
                assert answer.status_code == 303 and answer.headers["location"].startswith("/vao"), (route.path, answer.status_code)


def test_a_unit_member_sees_and_counts_what_is_the_units(office: Settings, tmp_path: Path) -> None:
    with_everybody(office)
    with Place(office).register as register:
        arrive(register, tmp_path)
        arrive(
            register,
            tmp_path,
            "b.pdf",
            read=letter("5/SNV-TC", "2024-03-01", "Sở Nội vụ", subject="chuyện riêng của người khác"),
            text="x y",
        )
    desk = logged_in(office, "unit")
    for path in ("/viec", "/viec?donvi=V%C4%83n+ph%C3%B2ng&cua=tatca", "/viec?cua=tatca"):
        page = desk.get(path).text
        assert "Phòng Nội vụ chủ trì" in page and "Tuyên truyền về dân chủ" not in page, path


def test_a_unit_member_moves_the_units_items_on_and_gives_them_to_nobody(office: Settings, tmp_path: Path) -> None:
    with_everybody(office)
    arrive(Place(office).register, tmp_path)
    desk, leader = logged_in(office, "unit"), logged_in(office, "leader")
    assert desk.post("/viec/2", data={"lam": "ykien", "loi": "đang làm"}).status_code == 303
    for deed in ({"lam": "giao", "donvi": "Văn phòng"}, {"lam": "giahan", "den": "1/1/2030", "lydo": "x"}):
        assert desk.post("/viec/2", data=deed).status_code == 403 and leader.post("/viec/2", data=deed).status_code == 303
    page = leader.get("/viec/2").text
    assert "Người unit" in page and 'value="giao"' in page and 'value="giao"' not in logged_in(office, "viewer").get("/viec/2").text


@pytest.fixture
def secret(office: Settings, tmp_path: Path) -> int:
    """A secret document, and an ordinary one that cites it."""
    with_everybody(office)
    with Place(office).register as register:
        arrive(register, tmp_path)
    place = Place(office, secret=True)
    with place.private(), place.register as register:
        for number in range(2):
            arrive(register, tmp_path, f"nhap{number}.pdf", read=dispatch(secrecy="MẬT", code=f"{number}/X"), text="nháp")
        return arrive(register, tmp_path, "ban-do-kho.pdf", read=dispatch(**SECRET), text="ZQXMAT Kho vũ khí số 9977").id


ASKED = ("?q=ZQXMAT", "?q=9977", "?trung=1", "?so=den&nam=2024", "?a=1&b=3", "?q=kyhieu:9977/ZQXMAT", "")


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_the_ordinary_desk_tells_of_a_secret_document(office: Settings, secret: int, role: str) -> None:
    desk = logged_in(office, role)
    for route in addresses():
        if route.name in ("logout", "change_person", "api") or "GET" not in methods(route):
            continue
        for asked in ASKED if "{" not in route.path else ("",):
            answer = desk.get(filled(route, secret) + asked)
            told = (answer.text + str(answer.headers)).replace(asked, "").replace('value="ZQXMAT"', "").replace('value="9977"', "")
            told = told.replace("kyhieu:9977/ZQXMAT", "").replace("«ZQXMAT»", "")
            assert not [mark for mark in MARKS if mark in told and mark not in asked], (route.path, asked)
    assert desk.get(f"/van-ban/{secret}").status_code in (403, 404)


@pytest.mark.parametrize("role", [*ROLES, None])
def test_the_secret_desk_is_shut_to_the_uncleared_and_all_its_answers_are_alike(office: Settings, secret: int, role: str | None) -> None:
    desk = client(office, secret=True)
    if role:
        assert enter(desk, role).status_code == 303
    events = Place(office, secret=True).register.base.value("SELECT count(*) FROM events")
    for route in addresses():
        rule = access.rules().get(route.name, access.CLOSED)
        if (rule.is_open and rule.mat) or route.name == "api":
            continue
        for method in methods(route):
            there, absent = (ask(desk, method, filled(route, entry)) for entry in (secret, ABSENT))
            assert there.status_code == absent.status_code == (404 if role else 303), (role, route.path)
            texts = [answer.text.replace(answer.request.url.path, "") for answer in (there, absent)]
            assert texts[0] == texts[1], route.path
            assert not any(mark in there.text for mark in MARKS)
    assert Place(office, secret=True).register.base.value("SELECT count(*) FROM events") == events


def test_who_is_cleared_sees_it_in_the_secret_desk_alone_and_every_view_is_told(office: Settings, secret: int) -> None:
    ordinary = logged_in(office, "clerk-mat")
    assert "ZQXMAT" not in ordinary.get("/").text and ":8422/" in ordinary.get("/").text
    assert ":8422/" not in logged_in(office, "clerk").get("/").text
    desk = logged_in(office, "clerk-mat", secret=True)
    assert "ZQXMAT" in desk.get("/?q=ZQXMAT").text and "Sổ văn bản mật" in desk.get("/").text
    assert "Kho vũ khí" in desk.get(f"/van-ban/{secret}").text
    desk.get(f"/van-ban/{secret}/trang/1.jpg")
    assert desk.get(f"/van-ban/{ABSENT}").status_code == 404
    register = Place(office, secret=True).register
    seen = register.base.rows(
        "SELECT who, document_id, json_extract(detail, '$.address') AS address FROM events WHERE what='viewed' ORDER BY id"
    )
    assert {row["who"] for row in seen} == {"Người được xem"}
    assert [(row["address"], row["document_id"]) for row in seen] == [
        ("register", None), ("register", None), ("entry", secret), ("picture", secret), ("entry", None),
    ]  # fmt: skip
    assert "Người được xem" in desk.get(f"/van-ban/{secret}").text  # the history of the document


def test_a_sole_user_without_a_password_is_cleared_for_nothing(office: Settings, tmp_path: Path) -> None:
    place = Place(office, secret=True)
    with place.private(), place.register as register:
        arrive(register, tmp_path, "ban-do-kho.pdf", read=dispatch(**SECRET), text="ZQXMAT")
    desk = client(office, secret=True)
    assert desk.get("/").status_code == 404 and "ZQXMAT" not in desk.get("/").text


def test_a_view_that_cannot_be_told_is_not_shown(office: Settings, secret: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from vanthu.register import views_of_secrets

    def broken(*_: Any) -> None:
        raise OSError("disk full")

    desk = logged_in(office, "clerk-mat", secret=True)
    monkeypatch.setattr(views_of_secrets, "note", broken)
    with pytest.raises(OSError):
        desk.get(f"/van-ban/{secret}")
