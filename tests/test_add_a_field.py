"""docs/add-a-field.md, walked: its blocks go into a copy of the packages, the cases run, and the record has the field."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.record import FIELDS
from vanthu.settings import CHECKOUT

PAGE = (CHECKOUT / "docs" / "add-a-field.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"(?m)^`([^`]+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
LINE = next(block for block in re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE) if block.startswith("    "))
COMMAND = next(iter(re.findall(r"(?ms)^```sh\npython (.*?)\n```$", PAGE)))
ASK = """
import json, sys, yaml
from extractors import extract
from tests.sketch import document
case = yaml.safe_load(open("tests/cases/phones.yaml", encoding="utf-8"))[0]
print(json.dumps(extract(document(case["page"])).as_json()))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and the runner of cases, without the field."""
    for name in ("models", "extractors", "tests/cases"):
        shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("tests/sketch.py", "tests/test_cases.py"):
        shutil.copy(CHECKOUT / name, tmp_path / name)
    return tmp_path


def follow(folder: Path, *, cases: bool = True) -> None:
    """Do what the page says."""
    for name, text in FILES.items():
        if cases or not name.startswith("tests/"):
            (folder / name).write_text(text, encoding="utf-8")
    record = folder / "models" / "record.py"
    code = record.read_text(encoding="utf-8")
    assert code.count("    extras: dict") == 1
    record.write_text(code.replace("    extras: dict", f"{LINE}    extras: dict"), encoding="utf-8")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    return subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_page_names_what_it_writes() -> None:
    assert sorted(FILES) == ["extractors/phones.py", "tests/cases/phones.yaml"]
    assert "phones" not in FIELDS


def test_the_field_is_in_the_record_and_its_cases_pass(copy: Path) -> None:
    before = json.loads(run(copy, "-c", ASK.replace("phones.yaml", "place.yaml")).stdout)
    assert "phones" not in before
    follow(copy)
    after = json.loads(run(copy, "-c", ASK).stdout)
    assert after["phones"] == ["02973812345", "0913456789"]
    assert [one["rule"] for one in after["_found"]["phones"]] == ["phones.called"] * 2
    assert after.keys() - before.keys() == {"phones"}
    ran = run(copy, *COMMAND.split(), "-p", "no:cacheprovider")
    assert ran.returncode == 0, ran.stdout
    assert "3 passed" in ran.stdout


def test_a_field_without_cases_turns_the_suite_red(copy: Path) -> None:
    follow(copy, cases=False)
    ran = run(copy, *COMMAND.split(), "-p", "no:cacheprovider")
    assert ran.returncode == 1
    assert "test_field_has_cases_and_one_where_nothing_is_to_be_found[phones]" in ran.stdout
