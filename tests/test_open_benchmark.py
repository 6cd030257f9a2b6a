"""The open set as a stranger finds it: every source with its gold, gold by the contract, and tools that run without the program."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from vanthu.register.values import PARTS
from vanthu.settings import CHECKOUT

BENCH = CHECKOUT / "benchmarks"
SETS = ("seed", "authored", "dev", "test", "test2")
CONTRACT = {
    *("doc_type", "code", "issued_on", "place", "issuer", "parent", "subject", "urgency", "secrecy", "addressees", "recipients"),
    *("archive", "signer", "received_stamp", "references", "replies_to", "deadlines", "tasks"),
}
LISTS = {"addressees", "recipients", "references", "replies_to", "deadlines", "tasks"}


def run(tool: str, *words: object) -> str:
    """A tool of the benchmark, away from the checkout, without its packages on the path."""
    command = [sys.executable, "-I", str(BENCH / tool), *map(str, words)]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", SETS)
def test_every_document_has_its_gold(name: str) -> None:
    folder = BENCH / "corpus" / name
    sources, gold = ({path.stem for path in (folder / part).iterdir()} for part in ("source", "gold"))
    assert sources == gold


@pytest.mark.parametrize("name", SETS)
def test_gold_keeps_the_contract(name: str) -> None:
    for path in sorted((BENCH / "corpus" / name / "gold").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        assert record.keys() - {"partial"} == CONTRACT, path.stem
        assert all(isinstance(record[field], list) for field in LISTS), path.stem
        for part in ("signer", "received_stamp"):
            assert record[part] is None or tuple(record[part]) == PARTS[part], path.stem
        for field in ("references", "deadlines", "tasks"):
            assert all(tuple(item) == PARTS[field] for item in record[field]), path.stem
        assert all(sum(item[part] is not None for part in ("due_on", "relative", "recurring")) == 1 for item in record["deadlines"]), (
            path.stem
        )
        _dates(record)


def _dates(value: Any, name: str = "") -> None:
    if isinstance(value, dict):
        for key, part in value.items():
            _dates(part, key)
    elif isinstance(value, list):
        for part in value:
            _dates(part, name)
    elif name in ("issued_on", "due_on", "date") and value is not None:
        date.fromisoformat(value)


@pytest.mark.parametrize("name", SETS)
def test_gold_against_itself_is_all_right(name: str) -> None:
    gold = BENCH / "corpus" / name / "gold"
    assert json.loads(run("score", gold, gold, "--json"))["overall"] == 1.0


def test_texts_against_themselves_have_no_errors(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ủy ban nhân dân\nSố: 1/A-B\n", encoding="utf-8")
    assert json.loads(run("cer", tmp_path, tmp_path, "--json"))["cer"] == 0


def test_the_page_tells_the_source_format_as_it_is_used() -> None:
    page = (BENCH / "corpus" / "README.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"(?s)```yaml\n(.*?)```", page)
    known = set(yaml.safe_load(told)) | set(re.findall(r"`(\w+)`|(?:likewise )(\w+):", told)[0]) | {"secrecy", "receiver"}
    used = {key for name in SETS for path in (BENCH / "corpus" / name / "source").glob("*.yaml") for key in _keys(path)}
    assert used <= known


def _keys(path: Path) -> set[str]:
    return set(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.slow
def test_the_set_is_typeset_without_the_program(tmp_path: Path) -> None:
    run("typeset", BENCH / "corpus" / "seed", tmp_path, "--scan", "fax", "--seed", 1)
    (paper,) = tmp_path.glob("*.pdf")
    assert paper.read_bytes().startswith(b"%PDF")
    assert "221/UBND-NV" in (tmp_path / "text" / f"{paper.stem}.txt").read_text(encoding="utf-8")
