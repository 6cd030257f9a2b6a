"""The measures of `benchmarks/reading.py`: what they count as right."""

import sys

import pytest

from benchmarks import processes, table_cells
from benchmarks.reading import cer

PRINTED = "STT | Nội dung | Thời hạn\n1 | Rà soát hồ sơ |\n2 | Báo cáo kết quả | 30/6/2026\n"


@pytest.mark.parametrize(
    ("read", "right", "in_columns"),
    [
        (PRINTED, 8, 9),
        (PRINTED.replace(" |", ""), 8, 0),
        ("STT Nội dung Thời hạn\n1 2\nRà soát hồ sơ Báo cáo kết quả\n30/6/2026\n", 7, 0),
        (PRINTED.replace("30/6", "50/6"), 7, 8),
        (PRINTED.replace("1 | Rà soát hồ sơ |", "1 | | Rà soát hồ sơ"), 8, 7),
        ("", 0, 0),
    ],
)
def test_cells_are_right_where_their_row_stands_together(read: str, right: int, in_columns: int) -> None:
    norm = cer().norm
    assert table_cells.right(read, PRINTED, norm) == (right, 8)
    assert table_cells.in_their_columns(read, PRINTED, norm) == (in_columns, 9)


def test_memory_of_children_is_counted() -> None:
    hold = "import time; held = bytearray(90_000_000); time.sleep(0.6)"
    used = processes.run([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"])
    assert used.code == 0 and 90 < used.megabytes < 200


def test_a_command_that_fails_says_so() -> None:
    used = processes.run([sys.executable, "-c", "print('khong'); raise SystemExit(3)"])
    assert (used.code, used.said) == (3, "khong")
