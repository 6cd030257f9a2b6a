"""datasette.yaml with datasette itself: its pages open, its questions are answered right."""

import asyncio
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.record import Deadline, Reference, Task
from tests.registering import arrive, dispatch, open_register

pytest.importorskip("datasette")

ROOT = Path(__file__).parent.parent
METADATA = yaml.safe_load((ROOT / "datasette.yaml").read_text(encoding="utf-8"))
TODAY = datetime.now(timezone(timedelta(hours=7))).date()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    late, soon = TODAY - timedelta(days=3), TODAY + timedelta(days=3)
    with open_register(tmp_path, today=TODAY) as register:
        arrive(
            register,
            tmp_path,
            on=TODAY,
            read=dispatch(
                deadlines=[Deadline("trước ngày", late), Deadline("trước", soon)],
                tasks=[
                    Task("1", "Việc trễ", ("Phòng Nội vụ",), (), late, (0,)),
                    Task("2", "Việc chưa đến hạn", ("Phòng Nội vụ",), (), soon, (1,)),
                    Task("3", "Việc của người khác", ("Sở Y tế",), (), late),
                ],
                references=[Reference("286/UBND-KGVX", "công văn"), Reference("30-CT/TW", "chỉ thị")],
            ),
        )
        arrive(
            register,
            tmp_path,
            "old.pdf",
            on=TODAY - timedelta(days=8),
            read=dispatch(code="1/BC-A", tasks=[], deadlines=[], replies_to=[], references=[]),
        )
    return tmp_path / "outputs" / "register.db"


def ask(database: Path, *paths: str) -> list[Any]:
    from datasette.app import Datasette

    async def answers() -> list[Any]:
        shown = Datasette([str(database)], metadata=METADATA)
        await shown.invoke_startup()
        return [await shown.client.get(path) for path in paths]

    return asyncio.run(answers())


def test_every_table_that_is_named_is_there(database: Path) -> None:
    import sqlite3

    there = {row[0] for row in sqlite3.connect(database).execute("SELECT name FROM sqlite_master WHERE type='table'")}
    named = set(METADATA["databases"]["register"]["tables"])
    assert named <= there, named - there
    assert there - named <= {"sqlite_sequence", "sqlite_stat1"}, "a table without a title"


def test_pages_open_and_the_index_is_hidden(database: Path) -> None:
    tables = METADATA["databases"]["register"]["tables"]
    shown = [name for name, about in tables.items() if not about.get("hidden")]
    front, *pages = ask(database, "/register", *(f"/register/{name}" for name in shown))
    assert [page.status_code for page in pages] == [200] * len(shown)
    assert "Việc trễ hạn theo đơn vị" in front.text and "texts_fts_data" not in front.text.split("hidden table")[0]


def test_late_items_by_unit(database: Path) -> None:
    (answer,) = ask(database, "/register/late_by_unit.json?_shape=array")
    assert [(row["don_vi"], row["viec"], row["tre_ngay"]) for row in answer.json()] == [("Phòng Nội vụ", "Việc trễ", 3)]


def test_what_came_this_week(database: Path) -> None:
    (answer,) = ask(database, "/register/this_week.json?_shape=array")
    assert [row["so_ky_hieu"] for row in answer.json()] == ["221/UBND-NV"]


def test_documents_cited_but_not_received(database: Path) -> None:
    (answer,) = ask(database, "/register/not_received.json?_shape=array")
    rows = {row["so_ky_hieu"]: row for row in answer.json()}
    assert set(rows) == {"286/UBND-KGVX", "30-CT/TW"}
    assert rows["286/UBND-KGVX"]["duoc_tra_loi"] == 1 and rows["30-CT/TW"]["duoc_tra_loi"] == 0
