"""Chữ số viết tay: reads the number, day or date that a hand or a numbering stamp has put into a gap of the print.

The network is trained by `python -m training.digits` on crops cut by this module; OpenCV runs it in milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Scores = NDArray[np.float32]
Shift = tuple[float, float, float]

ALPHABET = "0123456789/-."
"""What the network tells apart; it is taught to pass over print beside the number."""
HEIGHT, WIDTH = 32, 160
_WIDEST = 2 * WIDTH
"""A date fills more columns than the crops that the network was taught; it works on any number of them."""
_ABOVE, _BELOW, _HIGHEST, _LOWEST = 0.95, 0.25, 2.1, 0.8
"""Ems over and under the baseline: the least and the most that a crop shows."""
_STANDS = 0.35
_FAINT = 40
_LEAST_MASS = 0.1
_MODEL = Path(__file__).with_name("digits.onnx")
_ONE_AT_A_TIME = Lock()
"""Pages are read in threads, and a network of OpenCV holds the data that it works on."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a number stands in a line of print: pixels from left to right, the baseline, and the em of the print."""

    left: float
    right: float
    baseline: float
    em: float


@dataclass(frozen=True, slots=True)
class Reading:
    """`confidence`: of the text, 0–1; `by_hand`: how surely no printer wrote it; `last`: pixel of its slash, else of its last letter."""

    text: str
    confidence: float
    by_hand: float
    last: float = 0.0


def read(layer: Picture, gap: Gap, forms: Sequence[str] = (), shifts: Sequence[Shift] = ()) -> Reading | None:
    """What stands in a gap of a page (grey, dark on light); None where it is blank. `forms`: see `decode`.

    Crops a little apart are read, and the most frequent answer counts, the less sure the fewer agree: what is read by chance moves.
    """
    shifts = shifts or _SHIFTS
    width = _width(layer, gap)
    crops = [c for shift in shifts if (c := crop(layer, gap, *shift, width=width)) is not None]
    if len(crops) < len(shifts):
        return None
    with _ONE_AT_A_TIME:
        network = _network()
        network.setInput(np.stack(crops)[:, None].astype(np.float32) / 255)
        scores, hands = (np.array(out) for out in network.forward(("scores", "hand")))
    read_as = [decode(one, forms) for one in scores]
    texts = [text for text, _ in read_as]
    text = max(texts, key=texts.count)
    agreed = [sure for other, sure in read_as if other == text]
    by_hand = float(1 / (1 + np.exp(-np.median(hands))))
    chance = scores[0]  # the first crop is not shifted
    letters = {step: letter for step, letter in enumerate(chance.argmax(0)) if letter}
    last = next((step for step, letter in letters.items() if ALPHABET[letter - 1] in "/-"), max(letters, default=0))
    return Reading(
        text, float(np.mean(agreed)) * len(agreed) / len(texts), by_hand, _pixel(layer, gap, (last + 0.5) * width / chance.shape[1], width)
    )


_SHIFTS: tuple[Shift, ...] = ((0.0, 0.0, 1.0), (0.04, 0.03, 1.08), (-0.04, -0.02, 0.94), (0.02, -0.05, 1.0))
"""Ems to the right and down, and scale, of the crops that are compared."""

MORE_SHIFTS = (*_SHIFTS, (0.0, 0.05, 1.04), (-0.02, -0.04, 1.12), (0.03, 0.0, 0.9), (-0.05, 0.02, 1.0))
"""For small writing in stamps (docs/benchmarks.md); where a slash follows, as after a document's number, they cut it off too often."""


def _pixel(layer: Picture, gap: Gap, column: float, width: int) -> float:
    """Where a column of the crop lies on the page."""
    top, bottom = _rows(layer, gap)
    return gap.left + (column - 2) / _factor(gap, bottom - top, width)


def _width(layer: Picture, gap: Gap) -> int:
    top, bottom = _rows(layer, gap)
    return WIDTH if _factor(gap, bottom - top, _WIDEST) * (gap.right - gap.left) <= WIDTH - 4 else _WIDEST


def _factor(gap: Gap, high: float, width: int) -> float:
    return min(HEIGHT / high, (width - 4) / max(1.0, gap.right - gap.left))


@cache
def _network() -> Any:
    return cv2.dnn.readNetFromONNX(str(_MODEL))


def crop(layer: Picture, gap: Gap, right: float = 0.0, down: float = 0.0, scale: float = 1.0, *, width: int = WIDTH) -> Picture | None:
    """HEIGHT × `width` pixels of ink (255) on paper (0), as high as the ink in the gap; None where there is none."""
    top, bottom = _rows(layer, gap)
    high = (bottom - top) / scale
    middle = (top + bottom) / 2 + down * gap.em
    factor = _factor(gap, high, width)
    matrix = np.array([[factor, 0, 2 - factor * (gap.left + right * gap.em)], [0, factor, HEIGHT / 2 - factor * middle]])
    # What is made smaller is smoothed first, as shrinking by area would.
    x0, x1 = max(0, int(gap.left - gap.em)), int(gap.right + gap.em)
    y0, y1 = max(0, int(top - gap.em)), int(bottom + gap.em)
    part = cv2.GaussianBlur(layer[y0:y1, x0:x1], (0, 0), max(0.3, 0.45 / factor))
    matrix[:, 2] += matrix[:, :2] @ (x0, y0)
    grey = cv2.warpAffine(part, matrix, (width, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=255)
    end = min(width, round(4 + factor * (gap.right - gap.left)))
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
        middle, foot = y0 + y + height / 2, y0 + y + height
        inside = y > 0 and y + height < ink.shape[0]
        # What is very tall, or touches the rule above, still stands on the line.
        if area > 0.01 * gap.em**2 and inside and (top < middle < bottom or abs(foot - gap.baseline) < _STANDS * gap.em):
            top, bottom = min(top, y0 + y - 1.0), max(bottom, y0 + y + height + 1.0)
    return top, bottom


def decode(scores: Scores, forms: Sequence[str] = ()) -> tuple[str, float]:
    """Best path of letters × steps (the first letter is CTC's blank); the confidence is the product of its letters' own.

    `forms`: what alone can stand there, `d` for a digit and `/` for what parts them; where one fits, it tells a 1 from a slash.
    """
    exponent = np.exp(scores - scores.max(0))
    chance = exponent / exponent.sum(0)
    peaks, doubt = _peaks(chance)
    if not peaks:
        return "", 0.0
    # Dots to write on may be left between the letters.
    ways = [peaks, [p for p in peaks if ALPHABET[chance[:, p].argmax() - 1] != "."]]
    fitting = [_formed(chance[:, way], form) for way in ways for form in forms if len(form) == len(way)]
    text, sure = max(fitting, key=lambda f: f[1], default=("", 0.0))
    if not text:
        text, sure = "".join(ALPHABET[i - 1] for i in chance[:, peaks].argmax(0)), float(chance[:, peaks].max(0).prod())
    return text, sure * doubt


def _peaks(chance: Scores) -> tuple[list[int], float]:
    """The surest step of each letter of the best path, and how sure it is that there are no more of them."""
    best, sure = chance.argmax(0), chance.max(0)
    peaks: list[int] = []
    doubt, blank, last = 1.0, 1.0, 0
    for step, letter in enumerate(best):
        if letter and letter == last:
            peaks[-1] = max(peaks[-1], step, key=lambda s: sure[s])
        elif letter:
            peaks.append(step)
            doubt, blank = doubt * blank, 1.0
        else:
            # A step between letters that is nearly a letter itself is doubt about how many there are.
            blank = min(blank, min(1.0, float(sure[step]) + 0.35))
        last = int(letter)
    return peaks, doubt * blank


def _formed(chance: Scores, form: str) -> tuple[str, float]:
    """The best letters of this form; none where a letter is hardly one of those that may stand in its place."""
    text, sure = "", 1.0
    for column, kind in zip(chance.T, form, strict=True):
        may = [n for n, letter in enumerate(ALPHABET, 1) if letter.isdigit() == (kind == "d")]
        best, mass = max(may, key=lambda n: column[n]), float(column[may].sum())
        if mass < _LEAST_MASS:
            return "", 0.0
        text, sure = text + ALPHABET[best - 1], sure * float(column[best]) / (mass + float(column[0]))
    return text, sure
