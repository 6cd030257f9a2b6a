"""Làm sạch ảnh: light made even, coloured ink (seals, stamps, pens) parted from the print, fax specks removed."""

from dataclasses import dataclass
from functools import reduce

import cv2
import numpy as np
from numpy.typing import NDArray

from vanthu.ocr import pieces, rings

Picture = NDArray[np.uint8]

_COLOURED, _FAINT = 55, 20
"""Difference of the strongest and the weakest channel of ink of a pen or a stamp, and the most that print and paper have."""

_PALER = 55
"""Levels by which the ink of a seal or a stamp is paler than the print in a grey scan."""

_LEAST_INK = 30
_THICK = 2.0
"""Pixels from the middle of a stroke of a seal to its edge, a pixel taken off all round."""

_SEAL = 0.06
"""Least diameter of a seal, a share of the page's longer side: 18 mm of A4."""

_MOST_SEAL = 0.1
"""Share of the page that seals and stamps cover at most."""

_BETWEEN = 0.01
"""Share of pixels that are neither black nor white in a scan that is; a banner of a signature may be laid over it."""

_SPECK, _FAX_ROWS, _SOFTEN = 9, 2339, 0.8
"""Pixels of the largest speck in an A4 page of 200 dpi, the rows of such a page; sigma of the softening."""

_RAGGED = 0.08
"""Share of the ink that a median of nine pixels changes: 0.05–0.06 of a clean black-and-white scan, 0.10 of a fax."""

_RING, _MOST_RING = 0.85, 4.5
"""Inches: what holds the ring of a seal is wider and higher, and not more than a seal with its signature."""

_RIM = 110
"""Paler than this, what stands beside coloured ink is its rim and no print."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Lớp in and lớp mực màu: `grey` is the print alone; `ink` is white where something coloured stands (None: no colour at all)."""

    grey: Picture
    ink: Picture | None


def layers(picture: Picture) -> Layers:
    """The print and the coloured ink of a picture (RGB), both under even light."""
    if is_bilevel(picture):
        return Layers(without_specks(np.ascontiguousarray(picture[:, :, 0])), None)
    if is_grey(picture):
        return _grey_layers(even(np.ascontiguousarray(picture[:, :, 0])))
    lit = [even(channel) for channel in cv2.split(picture)]
    high, low = reduce(cv2.max, lit), reduce(cv2.min, lit)
    # Red or blue ink has one strong channel or a wide spread of them; black print has neither, also where a seal covers it.
    colour = cv2.subtract(cv2.subtract(high, low), _FAINT)
    grey = cv2.add(high, cv2.convertScaleAbs(colour, alpha=3.0))
    ink = _bytes(cv2.subtract(255, cv2.convertScaleAbs(colour, alpha=2.5)))
    # Colour is stored coarser than light: a grey rim is left where the ink was.
    rim = cv2.dilate(cv2.threshold(ink, 190, 255, cv2.THRESH_BINARY_INV)[1], np.ones((3, 3), np.uint8))
    grey[(rim > 0) & (grey > _RIM)] = 255
    return Layers(_bytes(grey), _bytes(ink))


def _grey_layers(grey: Picture) -> Layers:
    """Seals and stamps of a grey scan are paler than print: strokes as wide as a letter's that stay pale to their core."""
    core = cv2.erode(cv2.threshold(grey, 190, 255, cv2.THRESH_BINARY_INV)[1], np.ones((3, 3), np.uint8))
    levels = grey[core > 0]
    if levels.size < _LEAST_INK:
        return Layers(grey, None)
    print_level = float(np.percentile(levels, 20))
    pale = cv2.bitwise_and(core, cv2.threshold(grey, print_level + _PALER, 255, cv2.THRESH_BINARY)[1])
    pale = cv2.morphologyEx(pale, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    # The rules of tables are pale too, being thin; the star and the ring of a seal are thick.
    thick = cv2.distanceTransform(pale, cv2.DIST_L2, 3) >= _THICK
    if not thick.any():
        return Layers(grey, None)
    count, labels = cv2.connectedComponents(pale)
    wide = np.zeros(count, np.uint8)
    wide[labels[thick]] = 1
    region = np.zeros_like(grey)
    contours, _ = cv2.findContours(cv2.dilate(wide[labels], np.ones((7, 7), np.uint8)), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    seals = [cv2.convexHull(c) for c in contours if min(cv2.boundingRect(c)[2:]) > _SEAL * max(grey.shape)]
    # All that is pale within the outline of a seal is the seal's: its letters are as thin as print.
    cv2.drawContours(region, seals, -1, 1, cv2.FILLED)
    # Where much is pale it is the print itself.
    if not 0 < region.mean() < _MOST_SEAL:
        return Layers(grey, None)
    stripped = np.where((region > 0) & (grey > print_level + 0.8 * _PALER), 255, grey)
    return Layers(_bytes(stripped), _bytes(np.where(region > 0, grey, 255)))


def is_bilevel(picture: Picture) -> bool:
    """True where the picture is black and white only, as faxes and many scanners deliver it."""
    sample = picture[::5, ::5, 0]
    return float(((sample > 8) & (sample < 247)).mean()) < _BETWEEN


def is_grey(picture: Picture) -> bool:
    """True where no pixel has a colour that stands out."""
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    channels = cv2.split(small)
    return not (cv2.subtract(reduce(cv2.max, channels), reduce(cv2.min, channels)) > _COLOURED // 2).any()


def even(channel: Picture) -> Picture:
    """One channel divided by its background: paper becomes white whatever the light."""
    scale = 400 / max(channel.shape)
    small = cv2.resize(channel, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    paper = cv2.resize(paper, channel.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return _bytes(cv2.divide(channel, paper, scale=255))


def without_specks(grey: Picture) -> Picture:
    """A black-and-white picture without the dots that stand alone; ragged edges are softened: Tesseract was taught on grey pages.

    Measured on faxes: 1.10 % of letters wrong as they are, 0.77 % without lone dots, 0.57 % softened too; taking out every small dot,
    also those beside letters (0.94 %), takes tone marks with it. A clean scan (edges of 0.05–0.06) reads worse softened, 34 errors for 19.
    """
    ink = cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY_INV)[1]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    small = stats[:, cv2.CC_STAT_AREA] <= _SPECK * (max(grey.shape) / _FAX_ROWS) ** 2
    small[0] = False
    specks = small[labels]
    letters = cv2.subtract(ink, _bytes(specks * 255))
    lone = specks & (cv2.dilate(letters, np.ones((15, 15), np.uint8)) == 0)
    plain = _bytes(np.where(lone, 255, grey))
    ragged = cv2.countNonZero(cv2.absdiff(cv2.medianBlur(ink, 3), ink)) > _RAGGED * cv2.countNonZero(ink)
    return _bytes(cv2.GaussianBlur(plain, (0, 0), _SOFTEN)) if ragged else plain


def without_drawings(grey: Picture, dpi: int) -> Picture:
    """The picture without what is too big to be a letter: signatures, rings and stars of seals, frames."""
    ink = cv2.threshold(grey, 170, 255, cv2.THRESH_BINARY_INV)[1]
    sizes = pieces.boxes(_bytes(ink))[:, 2:]
    letters = sizes[(sizes[:, 1] > dpi / 30) & (sizes[:, 1] < dpi / 5), 1]
    if letters.size < 20:
        return grey
    letter = float(np.median(letters))
    if not ((sizes[:, 1] > 3 * letter) & (sizes[:, 0] > 2 * letter)).any():
        return grey
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    drawn = _big(labels, stats, letter)
    if not ((stats[1:count, 2:4] > _RING * dpi).all(axis=1) & (stats[1:count, 2:4] < _MOST_RING * dpi).all(axis=1)).any():
        return _without(grey, drawn)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rings.under(drawn, dpi).astype(np.uint8))
    return _without(grey, drawn & ~_letter_like(stats, letter)[labels])


def _without(grey: Picture, drawn: NDArray[np.bool_]) -> Picture:
    return _bytes(np.where(cv2.dilate(drawn.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0, 255, grey))


def _big(labels: NDArray[np.int32], stats: NDArray[np.int32], letter: float) -> NDArray[np.bool_]:
    """The pixels of what is too big to be a letter."""
    big = (stats[:, cv2.CC_STAT_HEIGHT] > 3 * letter) & (stats[:, cv2.CC_STAT_WIDTH] > 2 * letter)
    big[0] = False
    return np.asarray(big[labels])


def _letter_like(sizes: NDArray[np.int32], letter: float) -> NDArray[np.bool_]:
    """True for pieces as high as a letter."""
    heights, widths = sizes[:, cv2.CC_STAT_HEIGHT], sizes[:, cv2.CC_STAT_WIDTH]
    like = (heights > 0.6 * letter) & (heights < 2 * letter) & (widths < 4 * letter)
    like[0] = False
    return np.asarray(like)


def without_edges(grey: Picture) -> Picture:
    """The picture without the dark edges and shadows that run in from its border; print hardly ever touches it."""
    ink = cv2.threshold(grey, 190, 255, cv2.THRESH_BINARY_INV)[1]
    framed = cv2.copyMakeBorder(ink, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255)
    outside = np.zeros((framed.shape[0] + 2, framed.shape[1] + 2), np.uint8)
    cv2.floodFill(framed, outside, (0, 0), 0, flags=8 | cv2.FLOODFILL_MASK_ONLY | (255 << 8))
    shadow = cv2.dilate(outside[2:-2, 2:-2], np.ones((5, 5), np.uint8))
    return _bytes(np.where(shadow > 0, 255, grey))


def _bytes(array: object) -> Picture:
    return np.asarray(array, dtype=np.uint8)
