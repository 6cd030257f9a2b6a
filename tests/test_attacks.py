"""What a hostile page, address or document may try on the desk, on every address that it has, also on those that are added later."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from tests.registering import arrive, dispatch
from vanthu.desk import app, people_routes, routes
from vanthu.pipeline.place import Place
from vanthu.settings import Settings

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
INJECTIONS = [
    EVIL,
    "' OR 1=1 --",
    "1; DROP TABLE documents",
    '" OR body:*',
    'NEAR("a" "b")',
    "{code}: x",
    "a* OR NOT b",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "\x00",
    "%00",
    "9" * 40,
    "-1",
    "//evil.example/",
    "https://evil.example/",
    "\r\nSet-Cookie: a=b",
    "{{7*7}}${7*7}",
    "a" * 2000,
]


def all_routes(routes_: Any, before: str = "") -> Iterator[tuple[str, Route]]:
    for route in routes_:
        if isinstance(route, Route):
            yield before + route.path, route
        elif isinstance(route, Mount) and route.routes:
            yield from all_routes(route.routes, before + route.path)


ROUTES = [*all_routes([*routes.ROUTES, *people_routes.ROUTES])]
ASKED = [(path, route) for path, route in ROUTES if "GET" in (route.methods or ())]
ORDERS = [(path, route) for path, route in ROUTES if not {"GET", "HEAD"} & (route.methods or set())]


@pytest.fixture
def desk(office: Settings, tmp_path: Path) -> TestClient:
    place = Place(office)
    arrive(
        place.register,
        tmp_path,
        f"{EVIL.replace('/', ' ')}.pdf",
        content=b"x",
        read=dispatch(subject=EVIL, issuer=EVIL, recipients=[EVIL]),
        text=EVIL,
    )
    place.close()
    return TestClient(app(office), base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)


def filled(path: str, value: str) -> str:
    return re.sub(r"\{\w+(:\w+)?\}", lambda _: quote(value, safe=""), path)


def check(answer: Any) -> None:
    assert answer.status_code < 500, answer.text[:500]
    if re.search("html|svg|xml", answer.headers.get("content-type", "")):
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text
    assert "root:" not in answer.text
    assert "set-cookie: a=b" not in str(answer.headers).lower()
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    where = answer.headers.get("location", "/")
    assert where.startswith(("/", "http://127.0.0.1/")) and not where.startswith("//")


def dump(office: Settings) -> str:
    place = Place(office)
    try:
        return hashlib.sha256("\n".join(place.register.base.conn.iterdump()).encode()).hexdigest()
    finally:
        place.close()


def test_there_is_something_to_attack() -> None:
    assert len(ASKED) > 5 and len(ORDERS) > 2


def test_no_question_breaks_the_desk_or_changes_the_register(desk: TestClient, office: Settings) -> None:
    before = dump(office)
    names = ["q", "coquan", "loai", "nam", "so", "tu", "den", "trang", "id", "next", "ve", "page", "unit", "don_vi"]
    for path, _ in ASKED:
        check(desk.get(filled(path, "1")))
        for value in INJECTIONS:
            check(desk.get(filled(path, value)) if "{" in path else desk.get(path, params=dict.fromkeys(names, value)))
    assert dump(office) == before


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "https://127.0.0.1.evil.example", "http://127.0.0.1:1", "file://"])
def test_no_order_is_taken_from_elsewhere(desk: TestClient, office: Settings, origin: str | None) -> None:
    before = dump(office)
    for path, route in ORDERS:
        for method in route.methods or ():
            headers = {"origin": origin} if origin else {}
            answer = desk.request(method, filled(path, "1"), data={"reason": "x", "field": "code", "value": "x"}, headers=headers)
            assert answer.status_code == 403, (method, path)
    assert dump(office) == before


def test_orders_of_our_own_pages_bear_any_value(desk: TestClient) -> None:
    for path, route in ORDERS:
        for method in route.methods or ():
            for value in INJECTIONS[:8]:
                names = ("field", "value", "v.code", "d.code", "reason", "pages", "other", "next", "unit", "state", "password", "name")
                data = dict.fromkeys(names, value)
                check(desk.request(method, filled(path, "1"), data=data, headers={"origin": "http://127.0.0.1"}))


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "evil.example:8420"])
def test_another_name_is_not_answered(desk: TestClient, host: str) -> None:
    for path, _ in ASKED[:4]:
        assert desk.get(filled(path, "1"), headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/../register.db"]
)
def test_no_file_but_those_of_the_desk(desk: TestClient, path: str) -> None:
    answer = desk.get(f"/static/{path}")
    assert answer.status_code in (400, 404)


def test_an_original_is_never_run_in_the_browser(desk: TestClient) -> None:
    answer = desk.get("/van-ban/1/tep/1")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "\n" not in answer.headers["content-disposition"] and '"><' not in answer.headers["content-disposition"]
