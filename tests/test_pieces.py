"""Pieces of ink by their outlines: the same boxes that labels give."""

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vanthu.ocr import pieces


@given(arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12))))
def test_boxes_are_those_of_the_labels(ink: np.ndarray) -> None:
    picture = ink.astype(np.uint8) * 255
    count, _, stats, _ = cv2.connectedComponentsWithStats(picture)
    assert sorted(pieces.boxes(picture).tolist()) == sorted(stats[1:count, :4].tolist())


def test_of_a_piece_within_another_too() -> None:
    picture = np.zeros((30, 30), np.uint8)
    cv2.rectangle(picture, (1, 1), (28, 28), 255)
    cv2.rectangle(picture, (10, 10), (12, 14), 255, cv2.FILLED)
    assert sorted(pieces.boxes(picture).tolist()) == [[1, 1, 28, 28], [10, 10, 3, 5]]
    assert pieces.boxes(np.zeros((9, 9), np.uint8)).shape == (0, 4)
