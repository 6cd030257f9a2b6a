"""The statistics against a count by hand; the workbook opened by openpyxl, the pictures by lxml."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from models.record import Deadline, Task
from tests.conftest import Said
from tests.registering import arrive, dispatch, open_register
from vanthu.exports import charts, statistics
from vanthu.register import Register
from vanthu.register.tallies import DIMENSIONS, shares, tallies

CASES = (  # received, type, issuer, units, due, state, closed on; today is 23/5/2024
    ("2024-03-07", "công văn", "Sở Nội vụ", ("PNV",), "2024-03-20", "done", "2024-03-20"),
    ("2024-03-08", "công văn", "Sở Nội vụ", ("Phòng Nội vụ", "Sở Y tế"), "2024-03-20", "done", "2024-03-21"),
    ("2024-04-01", "kế hoạch", "Sở nội vụ", ("Phòng Nội vụ",), "2024-05-22", "open", None),
    ("2024-04-02", "kế hoạch", "Sở Tài chính", (), "2024-05-23", "in_progress", None),
    ("2024-04-03", "kế hoạch", "Sở Tài chính", ("Phòng Nội vụ",), "2024-05-22", "dropped", "2024-05-01"),
    ("2024-05-01", "báo cáo", None, None, None, None, None),
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with open_register(tmp_path) as made:
        for number, (received, kind, issuer, units, due, state, closed) in enumerate(CASES):
            day = date.fromisoformat(due) if due else None
            tasks = [] if units is None else [Task("1", f"=việc {number}", units, (), day, (0,))]
            deadlines = [Deadline("hạn", day)] if day else []
            read = dispatch(
                doc_type=kind, issuer=issuer, code=f"{number + 1}/SNV", tasks=tasks, deadlines=deadlines, references=[], replies_to=[]
            )
            arrive(made, tmp_path, f"{number}.pdf", read=read, on=date.fromisoformat(received))
            if state and state != "open":
                (item,) = made.show(number + 1)["follow_ups"]
                made.set_state(item["id"], state, who="Lan")
                made.base.conn.execute("UPDATE follow_ups SET closed_on=? WHERE id=?", (closed, item["id"]))
        arrive(made, tmp_path, "di.pdf", direction="out")
        arrive(made, tmp_path, "void.pdf")
        made.void(len(CASES) + 2, "nhầm", who="Lan")
        yield made


def row(stats: dict[str, Any], dimension: str, name: str | None) -> tuple[int, ...]:
    (found,) = [one for one in stats["by"][dimension] if one["name"] == name]
    return tuple(found[key] for key in ("documents", "items", "in_time", "done_late", "open", "overdue", "dropped"))


def test_every_item_is_counted_where_it_stands(register: Register) -> None:
    stats = tallies(register.base)
    assert stats["total"] == {
        "name": None,
        "documents": 6,
        "items": 5,
        "in_time": 1,
        "done_late": 1,
        "open": 1,
        "overdue": 1,
        "dropped": 1,
        "rate": 0.3333,
    }
    assert row(stats, "unit", "Phòng Nội vụ") == (4, 4, 1, 1, 0, 1, 1)
    assert row(stats, "unit", "Sở Y tế") == (1, 1, 0, 1, 0, 0, 0)
    assert row(stats, "unit", None) == (1, 1, 0, 0, 1, 0, 0)
    assert row(stats, "doc_type", "kế hoạch") == (3, 3, 0, 0, 1, 1, 1)
    assert row(stats, "doc_type", "báo cáo") == (1, 0, 0, 0, 0, 0, 0)
    assert row(stats, "issuer", "Sở Nội vụ") == (3, 3, 1, 1, 0, 1, 0)
    assert row(stats, "issuer", None) == (1, 0, 0, 0, 0, 0, 0)
    assert [one["name"] for one in stats["by"]["month"]] == ["2024-03", "2024-04", "2024-05"]
    assert stats["by"]["unit"][0]["name"] == "Phòng Nội vụ"


def test_a_span_of_days_and_our_own_documents(register: Register) -> None:
    part = tallies(register.base, date(2024, 4, 2), date(2024, 4, 3))
    assert (part["total"]["documents"], part["from"], part["to"]) == (2, "2024-04-02", "2024-04-03")
    assert tallies(register.base, direction="out")["total"]["documents"] == 1
    assert tallies(register.base, date(2030, 1, 1))["total"]["items"] == 0


def test_the_rest_is_added_up(register: Register) -> None:
    rows = list(shares(tallies(register.base)["by"]["month"], 1))
    assert [one["name"] for one in rows] == ["2024-03", "…"]
    assert (rows[1]["documents"], rows[1]["items"], rows[1]["rate"]) == (4, 3, 0.0)


def test_the_workbook_has_a_table_and_a_chart_for_each_dimension(register: Register, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(statistics.xlsx(tallies(register.base)))
    workbook = load_workbook(tmp_path / "a.xlsx")
    assert workbook.sheetnames == ["Đơn vị", "Loại văn bản", "Cơ quan ban hành", "Tháng"]
    assert [len(sheet._charts) for sheet in workbook] == [1, 1, 1, 1]
    units = [[cell.value for cell in line] for line in workbook["Đơn vị"].iter_rows(min_row=4, max_row=7)]
    assert units[0] == ["Phòng Nội vụ", 4, 4, 1, 1, 0, 1, 1, 0.3333]
    assert units[3] == ["Tổng cộng", 6, 5, 1, 1, 1, 1, 1, 0.3333]
    assert all(len(chart.series) == 5 for sheet in workbook for chart in sheet._charts)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_picture_is_svg_without_script_and_without_anything_from_outside(dimension: str, register: Register) -> None:
    picture = charts.svg(tallies(register.base), dimension)
    tree = etree.fromstring(picture.encode())
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    assert not tree.findall(".//{*}script")
    assert not [value for element in tree.iter() for name, value in element.items() if name.endswith("href") and "//" in value]
    assert charts.label(tallies(register.base)["by"][dimension][0]["name"], dimension) in "".join(tree.itertext())


def test_a_picture_of_nothing_says_so(tmp_path: Path) -> None:
    with open_register(tmp_path) as empty:
        assert "không có số liệu" in charts.svg(tallies(empty.base), "unit")
        assert statistics.xlsx(tallies(empty.base))


def test_the_command(vanthu: Callable[..., Said], tmp_path: Path) -> None:
    assert vanthu("stats", "--json").json["total"]["documents"] == 0
    assert "Tổng cộng" in vanthu("stats", "--from", "01/3/2024").out
    assert vanthu("stats", tmp_path / "a.xlsx").code == 0
    assert vanthu("stats", tmp_path / "a.pdf").code == 2
