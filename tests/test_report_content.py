"""What a báo cáo says of its period, difficulties and recommendations: stretches of days, places, and where it is shown."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Said
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from extractors import extract
from extractors._stretches import stretches
from models.record import ReportPeriod
from tests.registering import arrive, dispatch
from tests.sketch import document
from vanthu.desk import app
from vanthu.pipeline.place import Place
from vanthu.settings import CHECKOUT, Settings

FIRST = yaml.safe_load((CHECKOUT / "tests" / "cases" / "difficulties.yaml").read_text(encoding="utf-8"))[0]
REPORT = {
    "doc_type": "báo cáo",
    "period": ReportPeriod("6 tháng đầu năm 2024", date(2024, 1, 1), date(2024, 6, 30)),
    "difficulties": ["Thiếu công chức", "Đường truyền chập chờn"],
    "recommendations": ["Đề nghị bổ sung biên chế"],
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("từ ngày 15/12/2025 đến hết ngày 14/6/2026", ("2025-12-15", "2026-06-14", "days")),
        ("từ 15/12 đến 14/6/2026", ("2025-12-15", "2026-06-14", "days")),
        ("từ ngày 02 đến ngày 08/6/2025", ("2025-06-02", "2025-06-08", "days")),
        ("tháng 02 năm 2024", ("2024-02-01", "2024-02-29", "named")),
        ("quý IV", ("2026-10-01", "2026-12-31", "named")),
        ("6 tháng cuối năm 2025", ("2025-07-01", "2025-12-31", "named")),
        ("09 tháng đầu năm 2025", ("2025-01-01", "2025-09-30", "named")),
        ("03 tháng cuối năm", ("2026-10-01", "2026-12-31", "named")),
        ("giai đoạn 2021-2025", ("2021-01-01", "2025-12-31", "years")),
        ("từ năm 2021 đến năm 2025", ("2021-01-01", "2025-12-31", "years")),
        ("ngày 12/5/2026", None),
        ("năm học 2025-2026", None),
        ("từ ngày 14/6/2026 đến ngày 15/12/2025", None),
        ("tỷ lệ 2025", None),
    ],
)
def test_stretches(text: str, said: tuple[str, str, str] | None) -> None:
    found = [(s.first.isoformat(), s.last.isoformat(), s.form) for s in stretches(text, 2026)]
    assert found == ([said] if said else [])


@given(st.dates(date(1990, 1, 1), date(2098, 12, 31)), st.dates(date(1990, 1, 1), date(2098, 12, 31)))
def test_two_days_in_order_are_a_stretch(first: date, last: date) -> None:
    text = f"Số liệu từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}."
    found = [(s.first, s.last) for s in stretches(text, None)]
    assert found == ([(first, last)] if first <= last else [])


@given(st.text(alphabet="0123456789/-–. tháng quý năm đến từ ngày hết IV", max_size=50))
def test_stretches_lie_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for stretch in stretches(text, 2026):
        assert end <= stretch.start < stretch.end <= len(text)
        assert stretch.first <= stretch.last
        end = stretch.end


def test_a_passage_stands_where_it_says() -> None:
    paper = document(FIRST["page"])
    found = extract(paper).difficulties
    assert [" ".join(paper.text[f.spans[0].start : f.spans[0].end].split()) for f in found] == FIRST["expect"]
    assert {f.rule for f in found} == {"difficulties.section"} and all(f.page == 1 and f.box for f in found)


def test_it_is_shown_corrected_and_found(office: Settings, tmp_path: Path, vanthu: Any) -> None:
    place = Place(office)
    arrive(place.register, tmp_path, read=dispatch(**REPORT))
    place.close()
    said: Said = vanthu("show", 1)
    assert "Kỳ báo cáo           «6 tháng đầu năm 2024»: 01/01/2024 – 30/6/2024" in said.out
    assert "Khó khăn, vướng mắc  Thiếu công chức" in said.out and "Đề nghị bổ sung biên chế" in said.out
    assert vanthu("correct", 1, "period.start", "15/12/2023").code == 0
    assert vanthu("correct", 1, "recommendations", "Đề nghị A; Đề nghị B").code == 0
    record = vanthu("show", 1, "--json").json["record"]
    assert record["period"] == {"text": "6 tháng đầu năm 2024", "start": "2023-12-15", "end": "2024-06-30"}
    assert record["recommendations"] == ["Đề nghị A", "Đề nghị B"]
    page = TestClient(app(office), base_url="http://127.0.0.1").get("/van-ban/1").text
    assert "Kỳ báo cáo" in page and 'value="15/12/2023"' in page and 'value="30/6/2024"' in page
    assert "Đường truyền chập chờn" in page and "Đề nghị B" in page


def test_an_entry_that_was_read_before_the_field_was_added_is_shown_without_it(office: Settings, tmp_path: Path, vanthu: Any) -> None:
    place = Place(office)
    arrive(place.register, tmp_path)
    for column in ("record", "machine"):
        old = json.loads(place.register.base.value(f"SELECT {column} FROM documents"))
        bare = {name: value for name, value in old.items() if name not in REPORT or name == "doc_type"}
        bare["_found"] = {name: value for name, value in old["_found"].items() if name in bare}
        place.register.base.db["documents"].update(1, {column: json.dumps(bare)})
    place.close()
    assert vanthu("show", 1).code == 0
    assert vanthu("correct", 1, "difficulties", "Thiếu người").code == 0
    assert vanthu("show", 1, "--json").json["record"]["difficulties"] == ["Thiếu người"]
    assert TestClient(app(office), base_url="http://127.0.0.1").get("/van-ban/1").status_code == 200


def test_the_scorer_lets_further_keys_be(tmp_path: Path) -> None:
    gold = CHECKOUT / "benchmarks" / "corpus" / "seed" / "gold"
    for path in gold.glob("*.json"):
        record = json.loads(path.read_text(encoding="utf-8")) | {"period": None, "difficulties": ["x"], "recommendations": [], "_found": {}}
        (tmp_path / path.name).write_text(json.dumps(record), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, CHECKOUT / "benchmarks" / "score", tmp_path, gold, "--json"], capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout)["overall"] == 1.0
