"""A register that an earlier version has written opens, is brought up, and says what it said."""

import json
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.registering import dispatch, document, open_register
from vanthu.register import audit, effective, migrations
from vanthu.register.projection import columns

STEPS = [path.stem for path in sorted(Path(migrations.__file__).parent.glob("m[0-9]*.py"))]
TEXT = "Thực hiện dân chủ ở cơ sở"


def written_by(folder: Path, stop_before: str) -> None:
    """A register of one entry, made by the steps before `stop_before`, written as the first version wrote."""
    (folder / "outputs").mkdir()
    db = Database(sqlite3.connect(folder / "outputs" / "register.db", isolation_level=None), execute_plugins=False)
    migrations.steps.apply(db, stop_before=stop_before)
    db.execute(f"PRAGMA user_version={len(migrations.steps.applied(db))}")
    with open_register(folder / "other") as other:
        (folder / "a.pdf").write_bytes(b"a")
        sha256, kept = other.store.keep(folder / "a.pdf")
        home = folder / "outputs" / "store" / sha256[:2] / sha256
        home.mkdir(parents=True)
        kept.rename(home / "original.pdf")
    at = "2024-03-07T08:00:00+07:00"
    db["files"].insert({"id": 1, "sha256": sha256, "name": "1.pdf", "direction": "in", "state": "registered", "claimed_at": at})
    db["receipts"].insert({"file_id": 1, "name": "1.pdf", "duplicate": 0, "at": at})
    machine = effective.machine_json(document(TEXT), dispatch())
    there = {name: value for name, value in columns(machine).items() if name in db["documents"].columns_dict}
    line = {"id": 1, "file_id": 1, "direction": "in", "book": "den", "year": 2024, "arrival_number": 1, "received_on": "2024-03-07"}
    db["documents"].insert(line | there | {"state": "registered", "registered_at": at, "machine": json.dumps(machine), "pages": 1})
    db["books"].insert({"book": "den", "year": 2024, "first_number": 1})
    db["document_files"].insert({"document_id": 1, "file_id": 1, "role": "main", "name": "1.pdf"})
    db["pages"].insert({"document_id": 1, "number": 1, "width": 1, "height": 1, "source": "ocr", "notes": "[]", "text": TEXT})
    db["texts"].insert({"document_id": 1, "code": "221", "subject": "", "issuer": "", "names": "", "body": "dan chu", "marked": "dân chủ"})
    if "chain" not in db.table_names():
        for what, document_id in (("claimed", None), ("registered", 1)):
            db["events"].insert({"at": at, "who": "vanthu", "what": what, "document_id": document_id, "file_id": 1, "detail": None})
    db.conn.close()


@pytest.mark.parametrize("stop_before", STEPS[1:])
def test_a_register_of_every_earlier_schema_opens(tmp_path: Path, stop_before: str) -> None:
    (tmp_path / "other").mkdir()
    written_by(tmp_path, stop_before)
    with open_register(tmp_path) as register:
        assert register.base.value("PRAGMA user_version") == len(STEPS)
        assert register.check() == [] == audit.faults(register.base, tmp_path)
        shown = register.show(1)
        assert (shown["number"], shown["record"]["code"], shown["files"][0]["name"]) == ("1/2024", "221/UBND-NV", "1.pdf")
        assert [hit["id"] for hit in register.search("dân chủ")] == [1]
        register.correct(1, "archive", "VT", who="An")
        register.reread(1, document(TEXT), dispatch())
        assert register.show(1)["record"]["archive"] == "VT"
        assert register.check() == [] == audit.faults(register.base, tmp_path)
    with open_register(tmp_path) as again:
        assert again.count() == 1
