"""The API: tokens, roles, what it reads and writes, what it never tells; and no request that makes it fail."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from tests.desk_people import UNIT, client
from tests.registering import OFFICE, arrive, dispatch, letter
from vanthu.desk import access, app
from vanthu.desk.api import router
from vanthu.people import ROLES, open_people, tokens
from vanthu.pipeline.place import Place
from vanthu.settings import Settings


@pytest.fixture
def office(office: Settings, tmp_path: Path) -> Settings:
    """Two documents, the second not of the unit, and a secret one."""
    made = replace(office, office=OFFICE)
    with Place(made).register as register:
        arrive(register, tmp_path)
        arrive(register, tmp_path, "b.pdf", read=letter("5/SNV-TC", "2024-03-01", "Sở Nội vụ"), text="Việc khác")
    place = Place(made, secret=True)
    with place.private(), place.register as register:
        arrive(register, tmp_path, "kho.pdf", read=dispatch(secrecy="MẬT", code="9977/ZQXMAT", subject="ZQXMAT"), text="ZQXMAT")
    return made


def program(office: Settings, role: str) -> TestClient:
    people = open_people(office.outputs)
    key = tokens.make(people, f"máy {role}", role, by="test", unit=UNIT if role == "unit" else None)
    people.close()
    made = client(office)
    made.headers = {"authorization": f"Bearer {key}"}  # type: ignore[assignment] # no Origin: it is no browser
    return made


def test_without_a_token_nothing(office: Settings) -> None:
    desk = client(office)
    for headers in ({}, {"authorization": "Bearer vanthu_x"}, {"authorization": "Basic eDp5"}, {"authorization": "Bearer"}):
        for path in ("/me", "/documents", "/documents/1", "/items"):
            assert desk.get(f"/api/v1{path}", headers=headers).status_code == 401
    assert desk.get("/api/v1/openapi.json").status_code == 200


def test_a_revoked_token_is_worth_nothing(office: Settings) -> None:
    desk = program(office, "viewer")
    assert desk.get("/api/v1/me").json() == {"name": "API: máy viewer", "role": "viewer", "unit": None}
    tokens.revoke(open_people(office.outputs), 1, by="test")
    assert desk.get("/api/v1/me").status_code == 401


def test_reading(office: Settings) -> None:
    desk = program(office, "viewer")
    listed = desk.get("/api/v1/documents").json()
    assert listed["total"] == 2 and [one["code"] for one in listed["documents"]] == ["5/SNV-TC", "221/UBND-NV"]
    assert desk.get("/api/v1/documents", params={"query": "dan chu", "year": 2024}).json()["total"] == 1
    shown = desk.get("/api/v1/documents/1").json()
    assert shown["record"]["code"] == "221/UBND-NV" and shown["record"]["_found"]["code"]["rule"] and "kept" not in shown["files"][0]
    assert "dân chủ" in desk.get("/api/v1/documents/1/text").json()["text"]
    assert set(desk.get("/api/v1/documents/1/links").json()) >= {"cites", "cited_by", "answers", "answered_by", "not_received"}
    assert desk.get(f"/api/v1/documents/1/files/{shown['files'][0]['id']}").content == b"a.pdf"
    assert desk.get("/api/v1/documents/1/files/2").status_code == 404
    due = desk.get("/api/v1/items", params={"until": "2024-06-01"}).json()
    assert due["total"] == len(due["items"]) > 0 and all(item["due_on"] <= "2024-06-01" for item in due["items"])
    assert desk.get("/api/v1/documents/99").status_code == 404 and desk.get(f"/api/v1/documents/{10**30}").status_code == 422


def test_what_is_written_bears_the_tokens_name(office: Settings) -> None:
    desk = program(office, "clerk")
    assert desk.post("/api/v1/documents/1/corrections", json={"field": "code", "value": "222/UBND-NV"}).json() == {"id": 1, "kept": True}
    shown = desk.get("/api/v1/documents/1").json()
    assert shown["record"]["code"] == "222/UBND-NV" and shown["corrections"][0]["who"] == "API: máy clerk"
    wrong = desk.post("/api/v1/documents/1/corrections", json={"field": "issued_on", "value": "hôm kia"})
    assert wrong.status_code == 409 and "hôm kia" in wrong.json()["detail"]
    item = desk.get("/api/v1/items").json()["items"][0]["id"]
    assert desk.post(f"/api/v1/items/{item}/assignment", json={"unit": "Văn phòng"}).status_code == 200
    assert desk.post(f"/api/v1/items/{item}/state", json={"state": "done", "closed_by": 2}).status_code == 200
    assert item not in [one["id"] for one in desk.get("/api/v1/items").json()["items"]]
    assert desk.post(f"/api/v1/items/{item}/state", json={"state": "done", "closed_by": 99}).status_code == 404
    assert desk.post(f"/api/v1/items/{item}/state", json={"state": "verloren"}).status_code == 422


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_table_says(office: Settings, role: str) -> None:
    desk = program(office, role)
    bodies = {"correct": {"field": "place", "value": "A"}, "state": {"state": "open"}, "assign": {"unit": None}}
    for route in router.routes:
        rule = access.rules()[f"api.{route.name}"].roles[role]  # type: ignore[index, attr-defined]
        for entry, item in ((1, 2), (2, 99)):
            path = route.path.replace("{id}", str(entry)).replace("{item}", str(item)).replace("{file}", str(entry))  # type: ignore[attr-defined]
            body = bodies.get(route.name)  # type: ignore[attr-defined]
            status = (desk.post(f"/api/v1{path}", json=body) if body else desk.get(f"/api/v1{path}")).status_code
            refused = rule == "no" or (rule == "own" and entry == 2)
            assert (status == 403) == refused and status < 500, (role, path, status)


def test_every_route_of_the_api_has_its_line() -> None:
    named = {f"api.{route.name}" for route in router.routes}  # type: ignore[attr-defined]
    assert named == {name for name in access.rules() if name.startswith("api.")}


def test_a_units_token_lists_what_is_the_units(office: Settings) -> None:
    desk = program(office, "unit")
    assert [one["id"] for one in desk.get("/api/v1/documents").json()["documents"]] == [1]
    assert {item["id"] for item in desk.get("/api/v1/items?unit=Sở").json()["items"]} == {2}


@pytest.mark.parametrize("role", ROLES)
def test_secret_documents_are_not_in_it(office: Settings, role: str) -> None:
    desk = program(office, role)
    for path in (
        "/documents",
        "/documents?query=ZQXMAT",
        "/documents/3",
        "/items",
        "/items?unit=ZQXMAT",
        "/documents/1/links",
        "/documents/3/text",
    ):
        answer = desk.get(f"/api/v1{path}")
        assert "ZQXMAT" not in answer.text and "9977" not in answer.text
    assert client(office, secret=True).get("/api/v1/documents").status_code in (303, 404)


EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
"""Requests of each operation; `EXAMPLES=200 pytest -s tests/test_api.py -k fits` for a long look."""


def test_nothing_that_fits_the_description_makes_it_fail(office: Settings) -> None:
    desk = app(office)
    people = open_people(office.outputs)
    headers = {"authorization": f"Bearer {tokens.make(people, 'thử', 'administrator', by='test')}", "host": "127.0.0.1"}
    schema: Any = schemathesis.openapi.from_asgi("/api/v1/openapi.json", desk, headers={"host": "127.0.0.1"})
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def check(case: Any) -> None:
            nonlocal asked
            asked += 1
            answer = case.call(headers=headers)
            assert answer.status_code < 500, (case.method, case.path, case.body, answer.text)

        from hypothesis import given

        given(operation.as_strategy())(check)()
    print(f"{asked} requests of the OpenAPI document, 0 answers with 5xx")
    assert asked > 50
