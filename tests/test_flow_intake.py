import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from papers import letter

from vanthu.errors import Broken
from vanthu.pipeline.job import Outcome
from vanthu.settings import CHECKOUT, Settings


def prefect(office: Settings, sql: str) -> list[Any]:
    return sqlite3.connect(office.prefect_home / "prefect.db").execute(sql).fetchall()


def vanthu(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "vanthu", *words], capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_sample_goes_through_a_real_prefect_server(office: Settings) -> None:
    (office.inbox / "hỏng.pdf").write_bytes(b"%PDF-1.4 nothing")
    letter(office.inbox / "kín.docx", secrecy="MẬT")
    done = vanthu("demo")
    assert done.returncode == 1, done.stderr  # the bad file was rejected
    assert "registered 2, duplicates 0, rejected 1, waiting 0" in done.stdout.splitlines()
    assert "Ủy ban nhân dân thành phố Rạch Giá" in done.stdout
    assert "22/5/2024" in done.stdout
    assert "hỏng.pdf" in done.stderr

    assert prefect(office, "SELECT name, state_type FROM flow_run") == [("intake", "COMPLETED")]
    runs = prefect(office, "SELECT name, state_type FROM task_run")
    assert sorted(name for name, _ in runs if "scan0001.pdf" in name) == ["register 3 scan0001.pdf", "write 3 scan0001.pdf"]
    assert {"claim", "read 3", "extract 3"} <= {name for name, _ in runs}
    assert [state for name, state in runs if name == "read 1"] == ["FAILED"]
    assert "ERROR" not in done.stderr
    assert not [path for path in office.prefect_home.rglob("*") if path.is_file() and "kín".encode() in path.read_bytes()]
    ((data,),) = prefect(office, "SELECT data FROM artifact WHERE key='intake'")
    artifact = json.loads(data)
    assert "scan0001.pdf" in artifact
    assert "hỏng.pdf" in artifact
    assert "kín" not in artifact

    again = vanthu("demo")
    assert again.returncode == 0, again.stderr
    assert prefect(office, "SELECT count(*) FROM flow_run") == [(1,)]
    assert len(json.loads(vanthu("search", "dân chủ", "--json").stdout)) == 1
    assert vanthu("check").returncode == 0


def test_a_bad_file_is_not_tried_again_and_a_busy_register_is() -> None:
    from prefect.states import Failed

    from flows.intake import worth_trying_again

    assert not worth_trying_again(None, None, Failed(data=Broken("x")))
    assert worth_trying_again(None, None, Failed(data=sqlite3.OperationalError("database is locked")))


def test_the_table_hides_secret_documents_and_survives_odd_names() -> None:
    from flows.intake import table

    lines = table(
        [Outcome("a|b.pdf", "registered", "1/2024", 1, "5/UBND"), Outcome("", "registered", "7/2024", 1, secret=True)]
    ).splitlines()
    assert lines[2] == "| a\\|b.pdf | đã vào sổ | 1/2024 | 5/UBND |"
    assert "7/2024" not in lines[3]


def test_prefect_talks_to_nobody_outside(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ) | {"PREFECT_API_URL": "https://elsewhere", "PREFECT_API_KEY": "x"})
    from flows.environment import prepare

    prepare(office, None)
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert Path(os.environ["PREFECT_HOME"]) == office.outputs / "prefect"
    assert not {"PREFECT_API_URL", "PREFECT_API_KEY"} & os.environ.keys()


def test_flow_files_do_not_shadow_the_standard_library() -> None:
    assert not {path.stem for path in (CHECKOUT / "flows").glob("*.py")} & sys.stdlib_module_names
