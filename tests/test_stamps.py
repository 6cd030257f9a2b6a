"""Dấu ĐẾN: found in a frame that a fax broke, read under a hand that covers its words."""

from pathlib import Path

import cv2
import numpy as np

from vanthu.ocr import seams, stamp_entries, stamps

STAMP = Path(__file__).parent / "pages" / "received.png"
DPI = 200


def sheet(*, broken: bool) -> np.ndarray:
    """The head of a page with a dấu ĐẾN in a frame; a fax breaks its lines."""
    stamp = cv2.imread(str(STAMP), cv2.IMREAD_GRAYSCALE)
    page = np.full((600, 1654), 255, np.uint8)
    high, wide = stamp.shape
    page[200 : 200 + high, 300 : 300 + wide] = stamp
    cv2.rectangle(page, (292, 192), (300 + wide + 8, 200 + high + 8), 0, 2)
    if broken:
        page[190:212, 400:404] = page[190:212, 520:523] = page[250:254, 290:302] = 255
        page[200 + high : 200 + high + 12, 340:345] = page[260:265, 300 + wide + 4 : 300 + wide + 12] = 255
    return page


def test_a_large_hand_over_the_words_of_a_stamp() -> None:
    for broken in (False, True):
        page = sheet(broken=broken)
        found = stamps.find(page, None, lambda page=page: page, DPI)
        (mark,) = found.marks
        assert mark.kind == "received_stamp"
        assert mark.text.splitlines()[1:3] == ["ĐẾN Số: 5991", "Ngày: 21/12/2021"]
        assert (found.grey[200:300, 310:500] == 255).all()


def test_a_frame_that_is_hardly_there_is_none() -> None:
    page = sheet(broken=True)
    page[:, 420:600] = 255
    assert not stamps.find(page, None, lambda: page, DPI).marks


def test_only_what_is_larger_than_letters_is_the_pen() -> None:
    stamp = cv2.imread(str(STAMP), cv2.IMREAD_GRAYSCALE)
    plain = stamp_entries.without_pen(stamp, DPI)
    assert plain is not None
    print_only = stamp.shape[1] // 4
    assert (plain[:, :print_only] == stamp[:, :print_only]).mean() > 0.98
    assert (plain[:, 120:] < 170).sum() < 0.8 * (stamp[:, 120:] < 170).sum()
    assert stamp_entries.without_pen(np.full_like(stamp, 255), DPI) is None


def test_a_seam_goes_round_what_reaches_into_the_row_above() -> None:
    page = np.full((60, 100), 255, np.uint8)
    page[8:28, 10:14] = page[8:28, 40:44] = 0
    page[22:52, 25:29] = 0  # begins above the foot of its neighbours
    way = seams.seam(page, 15, 45, 30)
    upper, lower = seams.between(page, None, way), seams.between(page, way, None)
    assert (upper[:, 25:29] == 255).all() and (lower[22:52, 25:29] == 0).all()
    assert (upper[8:28, 10:14] == 0).all() and (lower[:, 10:14] == 255).all()


def test_a_seam_cuts_where_strokes_touch() -> None:
    page = np.full((60, 30), 255, np.uint8)
    page[5:55, 10:20] = 0
    page[29:31, 10:19] = 255
    way = seams.seam(page, 10, 50, 30)
    assert set(way[12:17].tolist()) <= {29, 30, 31}


def test_dots_to_write_on_are_taken_out_and_those_of_letters_stay() -> None:
    stamp = cv2.imread(str(STAMP), cv2.IMREAD_GRAYSCALE)
    plain = stamp_entries.without_leaders(stamp, DPI)
    gone = (stamp < 170) & (plain >= 170)
    rows, columns = np.nonzero(gone)
    assert rows.min() > 0.6 * len(stamp) and len(rows) > 50
    assert np.ptp(rows) < 12 and np.ptp(columns) > 60
