from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from odd_files import ODD, PASSWORD, build

from vanthu.inbox import display_name
from vanthu.pipeline import again, run
from vanthu.pipeline.checks import faults
from vanthu.pipeline.place import Place
from vanthu.settings import Settings


def became(settings: Settings) -> dict[str, set[str]]:
    """What became of each file by its name as it is shown, notes of entries with it."""
    register = Place(settings).register
    found: dict[str, set[str]] = {}
    for line in register.entries(limit=500, state="registered"):
        shown = register.show(line["id"])
        notes = {note["note"].partition(":")[0] for note in shown["notes"]}
        registered = {f"registered:{note}" for note in notes} | {"registered"}
        for file in shown["files"]:
            found.setdefault(file["name"], set()).update(registered if file["role"] == "main" else {"attached"})
    for row in register.rejected():
        found.setdefault(row["file"], set()).add(f"rejected:{row['reason']}")
    return found


def left(inbox: Path) -> set[str]:
    return {str(path.relative_to(inbox)) for path in inbox.rglob("*") if not path.is_dir()}


@pytest.mark.slow
def test_every_odd_file_gets_what_it_must(office: Settings, vanthu: Callable[..., Any]) -> None:
    expected = build(office.inbox)
    assert len(expected) >= 60
    summary = run.intake(office)
    found, still = became(office), left(office.inbox)
    wrong = {}
    for name, outcome in expected.items():
        shown = display_name(Path(name).name)
        if outcome in ("ignored", "waiting"):
            ok = name in still and shown not in found
        elif outcome == "duplicate":
            ok = any(one.kind == "duplicate" and one.name == shown for one in summary.outcomes)
        elif outcome == "registered":
            ok = found.get(shown) == {"registered"}
        else:
            ok = outcome in found.get(shown, set()) and name not in still
        if not ok:
            wrong[name] = (outcome, found.get(shown), name in still)
    assert wrong == {}
    assert summary.waiting == 1
    assert summary.count("duplicate") == 1
    assert faults(Place(office)) == []
    assert Place(office).register.pending() == []
    rejected = vanthu("rejected", "--json").json
    assert all(Path(row["kept"]).is_file() and row["reason"] and "." not in row["kind"] for row in rejected)


def test_a_password_opens_what_was_rejected(office: Settings) -> None:
    for name in ("mật khẩu R3.pdf", "mật khẩu R6.pdf"):
        (office.inbox / name).write_bytes(ODD[name][1](1))
    run.intake(office)
    rows = Place(office).register.rejected()
    assert {row["reason"] for row in rows} == {"encrypted"}
    assert again.retry(Place(office), rows[0]["id"], "sai").reason == "encrypted"
    assert [again.retry(Place(office), row["id"], PASSWORD).kind for row in rows] == ["registered", "registered"]
    assert Place(office).register.rejected() == []
    assert faults(Place(office)) == []


def test_signatures_and_notes_are_shown_with_the_entry(office: Settings, vanthu: Callable[..., Any]) -> None:
    for number, name in enumerate(("ký số.pdf", "ký số bị sửa.pdf", "trang hỏng giữa trang lành.pdf", "cắt đuôi.pdf"), 1):
        (office.inbox / name).write_bytes(ODD[name][1](number))
    run.intake(office)
    said = "\n".join(vanthu("show", number).out for number in (1, 2, 3, 4))
    for words in ("còn nguyên từ khi ký", "ĐÃ BỊ SỬA", "Nguyễn Văn Hòa", "trang 2: trang quá lớn", "có thể thiếu trang"):
        assert words in said
