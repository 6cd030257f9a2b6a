import re
from pathlib import Path
from string import Formatter

import pytest

from vanthu import errors, messages
from vanthu.settings import CHECKOUT

SOURCES = [path for folder in ("vanthu", "flows") for path in (CHECKOUT / folder).rglob("*.py")]
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
