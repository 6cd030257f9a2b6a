"""Chữ số viết tay: reads the number, day or date that a hand or a numbering stamp has put into a gap of the print.

The network is trained by `python -m training.digits` on crops cut by this module; OpenCV runs it in milliseconds.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

ALPHABET = "0123456789/-."
"""What the network tells apart; it is taught to pass over print beside the number."""
HEIGHT, WIDTH = 32, 160
_ABOVE, _BELOW, _HIGHEST, _LOWEST = 0.95, 0.25, 2.1, 0.8
"""Ems over and under the baseline: the least and the most that a crop shows."""
_FAINT = 40
_MODEL = Path(__file__).with_name("digits.onnx")


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a number stands in a line of print: pixels from left to right, the baseline, and the em of the print."""

    left: float
    right: float
    baseline: float
    em: float


@dataclass(frozen=True, slots=True)
class Reading:
    """`confidence`: of the text, 0–1; `by_hand`: how surely no typewriter or printer wrote it."""

    text: str
    confidence: float
    by_hand: float


def read(layer: Picture, gap: Gap) -> Reading | None:
    """What stands in a gap of a page (grey, dark on light); None where it is blank.

    Four crops a little apart are read, and the least sure answer of the most frequent one counts: what is read by chance moves.
    """
    crops = [c for shift in _SHIFTS if (c := crop(layer, gap, *shift)) is not None]
    if len(crops) < len(_SHIFTS):
        return None
    network = _network()
    network.setInput(np.stack(crops)[:, None].astype(np.float32) / 255)
    scores, hands = network.forward(("scores", "hand"))
    read_as = [decode(one) for one in scores]
    texts = [text for text, _ in read_as]
    text = max(texts, key=texts.count)
    agreed = [sure for other, sure in read_as if other == text]
    by_hand = float(1 / (1 + np.exp(-np.median(hands))))
    return Reading(text, float(np.mean(agreed)) * len(agreed) / len(texts), by_hand)


_SHIFTS = ((0.0, 0.0, 1.0), (0.04, 0.03, 1.08), (-0.04, -0.02, 0.94), (0.02, -0.05, 1.0))
"""Ems to the right and down, and scale, of the crops that are compared."""


@cache
def _network() -> Any:
    return cv2.dnn.readNetFromONNX(str(_MODEL))


def crop(layer: Picture, gap: Gap, right: float = 0.0, down: float = 0.0, scale: float = 1.0) -> Picture | None:
    """HEIGHT × WIDTH pixels of ink (255) on paper (0), as high as the ink in the gap; None where there is none."""
    top, bottom = _rows(layer, gap)
    high = (bottom - top) / scale
    middle = (top + bottom) / 2 + down * gap.em
    factor = min(HEIGHT / high, (WIDTH - 4) / max(1.0, gap.right - gap.left))
    matrix = np.array([[factor, 0, 2 - factor * (gap.left + right * gap.em)], [0, factor, HEIGHT / 2 - factor * middle]])
    # What is made smaller is smoothed first, as shrinking by area would.
    x0, x1 = max(0, int(gap.left - gap.em)), int(gap.right + gap.em)
    y0, y1 = max(0, int(top - gap.em)), int(bottom + gap.em)
    part = cv2.GaussianBlur(layer[y0:y1, x0:x1], (0, 0), max(0.3, 0.45 / factor))
    matrix[:, 2] += matrix[:, :2] @ (x0, y0)
    grey = cv2.warpAffine(part, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=255)
    end = min(WIDTH, round(4 + factor * (gap.right - gap.left)))
    grey[:, end:] = 255
    dark = int(np.percentile(grey[:, :end], 1))
    light = int(np.percentile(grey[:, :end], 80))
    if light - dark < _FAINT:
        return None
    return np.asarray(np.clip((light - grey.astype(np.float32)) * (255 / (light - dark)), 0, 255), dtype=np.uint8)


def _rows(layer: Picture, gap: Gap) -> tuple[float, float]:
    """Top and bottom of the ink that belongs to the gap, at least of a line of print."""
    top, bottom = gap.baseline - _ABOVE * gap.em, gap.baseline + _BELOW * gap.em
    y0, y1 = max(0, round(gap.baseline - _HIGHEST * gap.em)), round(gap.baseline + _LOWEST * gap.em)
    x0, x1 = max(0, round(gap.left)), max(round(gap.left) + 1, round(gap.right))
    ink = cv2.threshold(layer[y0:y1, x0:x1], 150, 255, cv2.THRESH_BINARY_INV)[1]
    if not ink.size:
        return top, bottom
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    for _, y, _, height, area in stats[1:count].tolist():
        middle = y0 + y + height / 2
        inside = y > 0 and y + height < ink.shape[0]
        if area > 0.01 * gap.em**2 and inside and top < middle < bottom:
            top, bottom = min(top, y0 + y - 1.0), max(bottom, y0 + y + height + 1.0)
    return top, bottom


def decode(scores: NDArray[np.float32]) -> tuple[str, float]:
    """Best path of letters × steps (the first letter is CTC's blank); the confidence is the product of its letters' own."""
    exponent = np.exp(scores - scores.max(0))
    chance = exponent / exponent.sum(0)
    best, sure = chance.argmax(0), chance.max(0)
    letters: list[str] = []
    certain: list[float] = []
    last, blank = 0, 1.0
    for step, letter in enumerate(best):
        if letter and letter == last:
            certain[-1] = max(certain[-1], float(sure[step]))
        elif letter:
            letters.append(ALPHABET[letter - 1])
            certain.append(float(sure[step]) * blank)
            blank = 1.0
        else:
            # A step between letters that is nearly a letter itself is doubt about how many there are.
            blank = min(blank, min(1.0, float(sure[step]) + 0.35))
        last = int(letter)
    return "".join(letters), float(np.prod(certain)) * blank if certain else 0.0
