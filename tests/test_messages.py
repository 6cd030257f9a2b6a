import re
from pathlib import Path
from string import Formatter

import pytest

from models.record import FIELDS
from vanthu import errors, messages
from vanthu.settings import CHECKOUT

SOURCES = [path for folder in ("vanthu", "flows") for path in (CHECKOUT / folder).rglob("*.py")]
EVENT = re.compile(r"""\bevents\.add\(\s*\w+(?:\.\w+)*,\s*"(\w+)"(?: if \w+ else "(\w+)")?""")
USED = re.compile(r"""\b(?:say|WrongUse|NotFound|Busy|BadValue|VanthuError)\(\s*"([a-z_.]+)\"""")


def test_every_sentence_stands_in_both_languages_with_the_same_values() -> None:
    for key, row in messages.sentences().items():
        assert row["vi"], key
        assert row["en"], key
        values = [{name for _, name, _, _ in Formatter().parse(row[language]) if name} for language in messages.LANGUAGES]
        assert values[0] == values[1], key


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_every_sentence_that_is_said_is_there(path: Path) -> None:
    missing = [key for key in USED.findall(path.read_text(encoding="utf-8")) if key not in messages.sentences()]
    assert not missing


def test_every_reason_of_rejection_is_said_in_words() -> None:
    for kind in [errors.Rejected, *errors.Rejected.__subclasses__()]:
        assert f"reason.{kind.reason}" in messages.sentences()
        assert str(kind()) == messages.reason(kind.reason)


def test_no_key_stands_twice() -> None:
    lines = (CHECKOUT / "vanthu" / "messages.tsv").read_text(encoding="utf-8").splitlines()
    assert all(line.count("\t") == 2 for line in lines)
    assert len({line.split("\t")[0] for line in lines}) == len(lines)


def test_the_readme_has_the_table_of_exit_codes() -> None:
    table = dict(re.findall(r"^\| (\d+) \| `([A-Z_]+)` \|", (CHECKOUT / "README.md").read_text(encoding="utf-8"), re.M))
    assert {int(code): name for code, name in table.items()} == {code.value: code.name for code in errors.ExitCode}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_the_record_has_its_name(name: str) -> None:
    assert f"field.{name}" in messages.sentences()
    assert messages.field(name) != name


def test_a_field_that_nobody_has_named_is_said_as_it_is() -> None:
    assert messages.field("phones") == "phones"


def test_every_event_is_said_in_words() -> None:
    told = {name for path in SOURCES for pair in EVENT.findall(path.read_text(encoding="utf-8")) for name in pair if name}
    assert len(told) > 30
    # a change of state is said by the two states
    assert [name for name in sorted(told - {"state"}) if f"event.{name}" not in messages.sentences()] == []
