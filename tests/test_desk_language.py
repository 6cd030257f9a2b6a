"""Every text of the desk stands in both languages, and a reader chooses."""

import re
from pathlib import Path
from string import Formatter

import pytest
from starlette.testclient import TestClient

from tests import desk_words
from vanthu import desk
from vanthu.desk import app
from vanthu.desk.language import CATALOGUE
from vanthu.settings import Settings

TEMPLATES = sorted((Path(desk.__file__).parent / "templates").rglob("*.html"))
_OURS = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else [*text]


def test_every_text_has_its_english_and_nothing_is_left_over() -> None:
    used = {forms(text)[0] for _, _, text in desk_words.used()}
    known = {forms(message.id)[0]: message for message in desk_words.known() if message.id}
    assert used - known.keys() == set(), "run python -m tests.desk_words, then translate"
    assert known.keys() - used == set(), "no longer used: run python -m tests.desk_words"
    assert [text for text, message in known.items() if not all(forms(message.string))] == []


def test_the_english_takes_the_same_values() -> None:
    for message in desk_words.known():
        for text in forms(message.id) if message.id else []:
            names = set(re.findall(r"%\((\w+)\)s", text)) | {name for _, name, _, _ in Formatter().parse(text) if name}
            for english in forms(message.string):
                given = set(re.findall(r"%\((\w+)\)s", english)) | {name for _, name, _, _ in Formatter().parse(english) if name}
                assert given == names, text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_stands_in_a_template_untranslated(path: Path) -> None:
    plain = re.sub(r"\{[{%#].*?[}%#]\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    plain = re.sub(r"<code>.*?</code>|placeholder=\"Sở Nội vụ\"|<button[^>]*lang=\"vi\">.*?</button>", " ", plain, flags=re.DOTALL)
    assert [line.strip() for line in plain.splitlines() if _OURS.search(line)] == []


def test_a_reader_chooses_the_language_and_stays_on_the_page(office: Settings) -> None:
    client = TestClient(app(office), base_url="http://127.0.0.1")
    assert '<html lang="vi">' in client.get("/").text
    there = "/?q=d%C3%A2n"
    answer = client.post("/ngon-ngu", data={"ngonngu": "en", "ve": there}, headers={"origin": "http://127.0.0.1"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, there)
    page = client.get("/").text
    assert '<html lang="en">' in page and "The register is empty" in page and "Sổ chưa có" not in page
    assert "Not found" in client.get("/khong-co").text
    other = TestClient(app(office), base_url="http://127.0.0.1")
    assert '<html lang="vi">' in other.get("/").text, "another reader has a language of their own"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_switch_leads_nowhere_else(office: Settings, back: str) -> None:
    client = TestClient(app(office), base_url="http://127.0.0.1")
    answer = client.post("/ngon-ngu", data={"ngonngu": "xx", "ve": back}, headers={"origin": "http://127.0.0.1"}, follow_redirects=False)
    assert answer.headers["location"] == "/" and "set-cookie" not in answer.headers


def test_the_catalogue_is_read_as_it_lies(tmp_path: Path) -> None:
    assert CATALOGUE.is_file() and not list(CATALOGUE.parent.rglob("*.mo")), "nothing has to be compiled"
