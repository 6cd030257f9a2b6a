"""Log-in at the desk: the first start, cookies, sessions, what comes from elsewhere."""

import re
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.desk_people import PASSWORD, client, enter, logged_in, quick_hasher, with_everybody
from vanthu.desk.login_page import own_path
from vanthu.people import accounts, login, open_people, passwords, setup
from vanthu.sections import Desk
from vanthu.settings import Settings

FIRST = {"ten": "sep", "hoten": "Trần Văn An", "matkhau": PASSWORD, "lai": PASSWORD}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hasher", quick_hasher)


@pytest.fixture
def public(office: Settings) -> Settings:
    return replace(office, host="0.0.0.0", desk=Desk(names=("vanthu.local",)))


def test_a_sole_user_on_this_machine_needs_no_log_in_until_there_is_a_second(office: Settings) -> None:
    desk = client(office)
    assert desk.get("/").status_code == 200 and "Đăng xuất" not in desk.get("/").text
    assert not (office.outputs / "people.db").exists()
    assert desk.get("/nguoi-dung").headers["location"] == "/bat-dau"
    assert desk.post("/bat-dau", data=FIRST).headers["location"] == "/nguoi-dung"
    other = client(office)
    assert other.get("/").status_code == 200  # still the only one
    assert other.get("/nguoi-dung").headers["location"].startswith("/vao")  # who was not asked for a password changes no people
    assert "Trần Văn An" in desk.get("/nguoi-dung").text
    second = {"ten": "hoa", "hoten": "Hoa", "vaitro": "clerk", "donvi": "", "matkhau": PASSWORD}
    assert desk.post("/nguoi-dung", data=second).status_code == 303
    assert other.get("/").headers["location"] == "/vao"
    assert desk.get("/").status_code == 200
    assert desk.post("/bat-dau", data=FIRST | {"ten": "ba"}).headers["location"] == "/vao"
    assert desk.post("/nguoi-dung/2", data={"viec": "khoa"}).status_code == 303
    assert client(office).get("/").status_code == 303  # locking the second does not open the desk again


def test_where_others_reach_the_desk_the_first_account_needs_the_code_of_its_console(public: Settings) -> None:
    desk = client(public, base_url="http://vanthu.local")
    assert desk.get("/").headers["location"] == "/vao" and desk.get("/vao").headers["location"] == "/bat-dau"
    people = open_people(public.outputs)
    code = setup.new_code(people)
    for given in ({}, {"ma": ""}, {"ma": "x"}):
        answer = desk.post("/bat-dau", data=FIRST | given)
        assert answer.status_code == 422 and accounts.count(people) == 0
    assert f'value="{code}"' in desk.get(f"/bat-dau?ma={code}").text
    assert desk.post("/bat-dau", data=FIRST | {"ma": code}).status_code == 303
    assert desk.get("/").status_code == 200 and client(public, base_url="http://vanthu.local").get("/").status_code == 303
    assert desk.get("/bat-dau").headers["location"] == "/vao"


def test_a_start_prints_the_code_once_there_is_something_to_make(public: Settings, office: Settings) -> None:
    assert setup.first_address(office) is None  # this machine's own user needs none
    first, second = setup.first_address(public), setup.first_address(public)
    assert first and second and first != second and first.startswith(f"http://vanthu.local:{public.port}/bat-dau?ma=")
    desk = client(public, base_url="http://vanthu.local")
    assert desk.post("/bat-dau", data=FIRST | {"ma": first.partition("ma=")[2]}).status_code == 422  # the newest counts
    assert desk.post("/bat-dau", data=FIRST | {"ma": second.partition("ma=")[2]}).status_code == 303
    assert setup.first_address(public) is None


def test_one_comes_to_where_one_wanted_to_go(office: Settings) -> None:
    with_everybody(office)
    desk = client(office)
    to = desk.get("/viec?donvi=A&cua=ta").headers["location"]
    assert to == "/vao?ve=%2Fviec%3Fdonvi%3DA%26cua%3Dta"
    asked = desk.get(to).text
    found = re.search(r'name="ve" value="([^"]*)"', asked)
    assert found and enter(desk, "clerk", ve=found[1].replace("&amp;", "&")).headers["location"] == "/viec?donvi=A&cua=ta"


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "evil",
        "",
        "/a\nb",
        "http:/x",
        "//[",
    ],
)
def test_nobody_is_led_elsewhere(office: Settings, to: str) -> None:
    with_everybody(office)
    assert own_path(to) == "/"
    desk = client(office)
    assert enter(desk, "clerk", ve=to).headers["location"] == "/"
    assert 'action="/vao" class="stack">\n    <input type="hidden" name="ve" value="/">' in desk.get("/vao", params={"ve": to}).text


def test_the_cookie(office: Settings) -> None:
    with_everybody(office)
    plain = enter(client(office), "clerk").headers["set-cookie"]
    assert re.fullmatch(rf"vanthu-{office.port}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=lax", plain)
    safe = replace(office, desk=Desk(https=True))
    sent = enter(client(safe, base_url="https://127.0.0.1"), "clerk").headers["set-cookie"]
    assert re.fullmatch(rf"__Host-vanthu-{office.port}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=lax; Secure", sent)


def test_a_key_planted_in_a_browser_is_worth_nothing_after_log_in(office: Settings) -> None:
    with_everybody(office)
    desk, name = client(office), f"vanthu-{office.port}"
    planted = "x" * 43
    desk.cookies.set(name, planted, domain="127.0.0.1")
    enter(desk, "clerk")
    key = next(cookie.value for cookie in desk.cookies.jar if cookie.name == name and cookie.value != planted)
    thief = client(office)
    thief.cookies.set(name, planted)
    assert thief.get("/").status_code == 303 and key != planted
    first = key
    enter(desk, "leader")
    old = client(office)
    old.cookies.set(name, first or "")
    assert old.get("/").status_code == 303  # the session before ended with the new log-in


def test_log_out_ends_the_session_here(office: Settings) -> None:
    with_everybody(office)
    desk = logged_in(office, "clerk")
    key = desk.cookies[f"vanthu-{office.port}"]
    assert "Người clerk" in desk.get("/").text and "Đăng xuất" in desk.get("/").text
    assert desk.post("/ra").headers["location"] == "/vao"
    copied = client(office)
    copied.cookies.set(f"vanthu-{office.port}", key)
    assert copied.get("/").status_code == 303
    assert desk.get("/ra").status_code == 405  # a link logs nobody out


def test_a_session_survives_a_restart_of_the_desk(office: Settings) -> None:
    with_everybody(office)
    desk = logged_in(office, "viewer")
    again = client(office)
    again.cookies.update(desk.cookies)
    assert again.get("/").status_code == 200


def test_failures_are_said_alike_and_slow_down(office: Settings) -> None:
    with_everybody(office)
    desk = client(office)
    wrong, nobody = enter(desk, "clerk", "sai rồi nhé"), enter(desk, "khongco", "sai rồi nhé")
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text.replace('value="clerk"', "") == nobody.text.replace('value="khongco"', "")
    for _ in range(login.FREE["account"] - 1):
        enter(desk, "clerk", "sai rồi nhé")
    late = enter(desk, "clerk")
    assert late.status_code == 429 and 1 <= int(late.headers["retry-after"]) <= 30


def test_a_password_is_changed_by_who_knows_the_present_one(office: Settings) -> None:
    with_everybody(office)
    desk, elsewhere, new = logged_in(office, "clerk"), logged_in(office, "clerk"), "nắng vàng tháng tám"
    for form, said in (
        ({"cu": "sai rồi nhé", "matkhau": new, "lai": new}, "hiện tại không đúng"),
        ({"cu": PASSWORD, "matkhau": new, "lai": new + "x"}, "không giống nhau"),
        ({"cu": PASSWORD, "matkhau": "ngắn", "lai": "ngắn"}, "phải dài"),
    ):
        answer = desk.post("/mat-khau", data=form)
        assert answer.status_code == 422 and said in answer.text
    assert desk.post("/mat-khau", data={"cu": PASSWORD, "matkhau": new, "lai": new}).status_code == 303
    assert desk.get("/").status_code == 200 and elsewhere.get("/").status_code == 303
    assert enter(client(office), "clerk").status_code == 401 and enter(client(office), "clerk", new).status_code == 303


def test_people_are_managed_by_the_administrator(office: Settings) -> None:
    people = with_everybody(office)
    boss = logged_in(office, "administrator")
    lan = {"ten": "lan", "hoten": "<b>Lan</b>", "vaitro": "unit", "donvi": "Văn phòng", "matkhau": PASSWORD}
    assert boss.post("/nguoi-dung", data=lan).status_code == 303
    made = accounts.find(people, "lan")
    page = boss.get("/nguoi-dung").text
    assert "&lt;b&gt;Lan" in page and "<b>Lan" not in page and "argon2" not in page
    again = boss.post("/nguoi-dung", data=lan)
    assert again.status_code == 422 and "«lan» đã có" in again.text and 'value="lan"' in again.text and PASSWORD not in again.text
    desk = logged_in(office, "lan")

    def change(**form: str) -> Any:
        return boss.post(f"/nguoi-dung/{made.id}", data=form).status_code

    assert change(viec="vaitro", vaitro="leader") == 303 and accounts.find(people, "lan").role == "leader"
    assert change(viec="mat") == 303 and accounts.find(people, "lan").cleared
    assert change(viec="thoimat") == 303 and not accounts.find(people, "lan").cleared
    assert change(viec="khoa") == 303 and desk.get("/").status_code == 303 and enter(client(office), "lan").status_code == 401
    assert change(viec="mokhoa") == 303 and enter(client(office), "lan").status_code == 303
    assert change(viec="matkhau", matkhau="nắng vàng tháng tám") == 303
    assert enter(client(office), "lan", "nắng vàng tháng tám").status_code == 303
    assert change(viec="xoa") == 404 and boss.post("/nguoi-dung/99", data={"viec": "khoa"}).status_code == 404
    own = accounts.find(people, "administrator").id
    assert boss.post(f"/nguoi-dung/{own}", data={"viec": "khoa"}).status_code == 422


def test_orders_from_other_sites_are_refused(office: Settings) -> None:
    with_everybody(office)
    desk = logged_in(office, "administrator")
    for origin in ("https://evil.example", "null", "http://127.0.0.1:9999", ""):
        for path in ("/vao", "/ra", "/mat-khau", "/nguoi-dung", "/nguoi-dung/1", "/bat-dau"):
            assert desk.post(path, data={}, headers={"origin": origin}).status_code == 403, (origin, path)
    assert desk.get("/").status_code == 200  # still logged in


def test_the_desk_answers_to_its_own_names_alone(office: Settings, public: Settings) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "vanthu.local"):
        assert TestClient(client(office).app, base_url=f"http://{host}").get("/vao").status_code == 400
    assert client(public, base_url="http://vanthu.local").get("/bat-dau").status_code == 200
    with_everybody(public)
    desk = client(public, base_url="http://vanthu.local")
    answer = enter(desk, "clerk", ve="/viec")
    assert answer.headers["location"] == "/viec"  # never made from the Host header
    assert TestClient(desk.app, base_url="http://evil.example").get("/vao").status_code == 400


def test_what_people_type_is_never_markup(office: Settings) -> None:
    with_everybody(office)
    evil = '"><script>alert(1)</script>'
    desk = client(office)
    for answer in (
        enter(desk, evil, "sai rồi nhé", ve="/" + evil),
        desk.get("/vao", params={"ve": "/" + evil}),
        logged_in(office, "administrator").post(
            "/nguoi-dung", data={"ten": evil, "hoten": evil, "vaitro": evil, "donvi": evil, "matkhau": evil}
        ),
    ):
        assert "<script>alert" not in answer.text
        assert "script-src 'self'" in answer.headers["content-security-policy"] and answer.headers["cache-control"] == "no-store"


def test_an_office_that_listens_everywhere_names_itself(office: Settings) -> None:
    from vanthu.errors import WrongUse

    with pytest.raises(WrongUse, match="names"):
        client(replace(office, host="0.0.0.0"))
    assert not office.is_public and replace(office, host="192.168.1.5").is_public
    assert replace(office, desk=Desk(names=("a.local",))).is_public
