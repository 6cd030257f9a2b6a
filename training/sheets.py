"""Sheets of number lines, date lines and stamps with handwriting in their gaps, scanned and cleaned as the product does it.

Crops are cut by the product's own code out of layers that the product's own cleaning made, so that training and use do not differ.
"""

import random
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from training.hands import BASE, Mask, bent, by_font, by_people, face
from vanthu.ocr.clean import Picture, layers
from vanthu.ocr.digits import Gap, crop
from vanthu.ocr.handwriting import all_ink

FONTS = "/usr/share/fonts/truetype/"
PRINT = (
    *["liberation/LiberationSerif-Regular.ttf"] * 5,
    *["liberation/LiberationSerif-Italic.ttf"] * 2,
    *["liberation/LiberationSerif-Bold.ttf"] * 2,
    *("liberation/LiberationSans-Regular.ttf", "dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSans.ttf"),
)
ITALIC = "liberation/LiberationSerif-Italic.ttf"
LETTERS = "ABCDĐGHKLMNQSTUVXY"
WIDTH, HEIGHT, COLUMNS, ROWS = 1654, 2339, 4, 24
KINDS = ("clean", "office", "office", "grey", "fax", "fax", "photo")
_BEYOND = 0.25, 1.4
"""Ems of print after a gap that its crop may show: the slash or hyphen, and letters that are not to be read."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose writing a sheet shows: handwriting fonts, and digits of people."""

    fonts: list[bytes]
    digits: dict[str, list[Mask]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A crop, what stands in it, and whether a hand wrote it."""

    crop: Picture
    label: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class _Line:
    gap: Gap
    label: str
    by_hand: bool


def sheet(rng: random.Random, hand: Hand, kind: str | None = None) -> list[Sample]:
    """The crops of one sheet."""
    kind = kind or rng.choice(KINDS)
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    lines = []
    for n in range(COLUMNS * ROWS):
        left, top = n % COLUMNS * (WIDTH // COLUMNS), 20 + n // COLUMNS * ((HEIGHT - 40) // ROWS)
        lines.append(_line(page[top : top + HEIGHT // ROWS - 2, left : left + WIDTH // COLUMNS - 6], (left, top), rng, hand))
    angle = 0.0 if kind == "clean" else rng.uniform(-1.6, 1.6)
    scan = damaged(_turned(page, angle), kind, rng)
    straight = _turned(all_ink(scan, layers(scan)), -angle + rng.gauss(0, 0.08))
    cut = [(crop(straight, line.gap), line) for line in lines]
    return [Sample(c, line.label, line.by_hand) for c, line in cut if c is not None]


def _turned(page: Picture, angle: float) -> Picture:
    if not angle:
        return page
    matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(page, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)))


def written(rng: random.Random, place: str) -> str:
    """A number, day, month or date as people write them."""
    if place == "day":
        value = rng.choice((rng.randint(1, 31), rng.randint(1, 31), rng.randint(1, 12)))
        return f"{value:02d}" if rng.random() < 0.75 else str(value)
    if place == "date":
        day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(2010, 2035)
        parts = [f"{day:02d}" if rng.random() < 0.6 else str(day), f"{month:02d}" if rng.random() < 0.4 else str(month)]
        if rng.random() < 0.7:
            parts.append(str(year) if rng.random() < 0.8 else f"{year % 100:02d}")
        return rng.choice("//////-.").join(parts)
    length = rng.choice((1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5))
    return "".join(rng.choice("0123456789") for _ in range(length))


def _line(view: Picture, corner: tuple[int, int], rng: random.Random, hand: Hand) -> _Line:
    """One line of print with a gap in which something is written; its place on the sheet."""
    place = rng.choices(("number", "day", "stamp", "date"), (55, 22, 9, 14))[0]
    em = rng.uniform(29, 45) * (0.75 if place in ("stamp", "date") else 1)
    before, after = _around(place, rng)
    italic = place == "day" and rng.random() < 0.8
    font = face(FONTS + (ITALIC if italic else rng.choice(PRINT)), round(em))
    image = Image.fromarray(view)
    draw = ImageDraw.Draw(image)
    way = rng.choices(("hand", "print", "blank"), (77, 15, 8))[0]
    by_hand, label = way == "hand", "" if way == "blank" else written(rng, "number" if place == "stamp" else place)
    base, x = 62.0, 8.0
    ink = rng.randint(0, 60)
    draw.text((x, base), before, fill=(ink,) * 3, font=font, anchor="ls")
    x = start = x + font.getlength(before)
    x += rng.uniform(0.0, 0.5) * em
    if by_hand:
        x = _by_hand(image, (x, base), label, em, rng, hand)
        x += rng.uniform(-0.04, 0.4) * em
    elif way == "blank":
        x += rng.uniform(0.2, 3) * em
    else:
        draw.text((x, base), label, fill=(ink,) * 3, font=font, anchor="ls")
        x += font.getlength(label)
    if after or rng.random() < 0.5:
        _leader(draw, (start, x if after else view.shape[1]), base, font, rng, often=way == "blank")
    end = x + (rng.uniform(-0.05, 0.6) * em if place == "day" else 0)
    draw.text((end, base), after, fill=(ink,) * 3, font=font, anchor="ls")
    right = min(view.shape[1], x + rng.uniform(0.1, 2) * em)
    if after:
        right = end + (rng.gauss(0, 0.04) if place == "day" else rng.uniform(*_BEYOND)) * em
    if rng.random() < 0.08:
        over = base - rng.uniform(0.85, 1.2) * em
        ImageDraw.Draw(image).line((rng.uniform(0, right), over, view.shape[1], over), fill=(ink,) * 3, width=2)
    view[:] = np.asarray(image)
    gap = Gap(
        corner[0] + start + rng.gauss(-0.03, 0.05) * em,
        corner[0] + right,
        corner[1] + base + rng.gauss(0, 0.03) * em,
        em * rng.uniform(0.93, 1.07),
    )
    return _Line(gap, label + (after[0] if after[:1] in ("/", "-") else ""), by_hand)


def _around(place: str, rng: random.Random) -> tuple[str, str]:
    """The print before and after a gap."""
    if place == "day":
        return rng.choice((("ngày", "tháng"), ("ngày", "tháng"), ("tháng", "năm")))
    if place == "number":
        symbol = "2026/" if rng.random() < 0.08 else "".join(rng.choice(LETTERS) for _ in range(3))
        return rng.choice(("Số:", "Số:", "Số:", "Số :", "Số")), rng.choice("/////-") + symbol
    return rng.choice(("Ngày:", "Ngày") if place == "date" else ("Số:", "Số đến:", "Số")), ""


def _leader(
    draw: ImageDraw.ImageDraw, span: tuple[float, float], base: float, font: FreeTypeFont, rng: random.Random, *, often: bool
) -> None:
    """Dots or a rule to write on, now and then."""
    left, right = span
    kind = rng.random() * (0.3 if often else 1)
    if kind < 0.12:
        dots = "." * max(1, int((right - left) / font.getlength(".")))
        draw.text((left, base + rng.uniform(0, 3)), dots, fill=(30,) * 3, font=font, anchor="ls")
    elif kind < 0.16:
        draw.line((left, base + 4, right, base + 4), fill=(40,) * 3, width=1)


def _by_hand(image: Image.Image, at: tuple[float, float], label: str, em: float, rng: random.Random, hand: Hand) -> float:
    """Write a label, and say where it ends."""
    people = bool(hand.digits) and rng.random() < 0.3
    drawn = by_people(label, hand.digits, em, rng) if people else by_font(label, rng.choice(hand.fonts), em, rng)
    mask = bent(drawn, rng)
    mask = cv2.resize(mask, (max(3, mask.shape[1] // 2), mask.shape[0] // 2), interpolation=cv2.INTER_AREA)
    room = image.width - round(at[0]) - 4
    if mask.shape[1] > room - 60:
        mask = cv2.resize(mask, (max(3, room - 60), mask.shape[0]), interpolation=cv2.INTER_AREA)
    drop = rng.gauss(0, 0.06) * em + (rng.uniform(-0.25, 0.2) * em if rng.random() < 0.3 else 0)
    top = round(at[1] - BASE / 2 + drop)
    pale = rng.choice((0, 0, 0, 30, 60))
    blue = (27 + rng.randint(-20, 40), 47 + rng.randint(-30, 40), 143 + rng.randint(-40, 80))
    colour = blue if rng.random() < 0.6 else rng.choice(((20, 20, 20), (50, 50, 55), (60, 40, 110)))
    sheet_ink = Image.new("RGB", (mask.shape[1], mask.shape[0]), tuple(min(255, c + pale) for c in colour))
    image.paste(sheet_ink, (round(at[0]), top), Image.fromarray(mask))
    return at[0] + mask.shape[1]


def damaged(page: Picture, kind: str, rng: random.Random) -> Picture:
    """The sheet as a scanner, a fax or a phone delivers it."""
    if kind == "clean":
        return cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    cv2.setRNGSeed(rng.randrange(2**31))
    soft = cv2.GaussianBlur(page, (0, 0), rng.uniform(0.7, 1.3) * {"fax": 0.6, "photo": 0.9}.get(kind, 0.5))
    if kind == "fax":
        return _faxed(cv2.cvtColor(soft, cv2.COLOR_RGB2GRAY), rng)
    if kind == "photo":
        soft = cv2.multiply(soft, cv2.merge([_light(rng)] * 3), dtype=cv2.CV_8U)
    grain = _grain(rng.uniform(0.7, 1.2) * (6 if kind == "photo" else 7))
    worn = cv2.add(soft, cv2.merge([grain] * 3), dtype=cv2.CV_8U)
    if kind == "grey":
        worn = cv2.cvtColor(cv2.cvtColor(worn, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    packed = cv2.imencode(".jpg", worn[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, rng.randint(40, 80)])[1]
    return np.ascontiguousarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[:, :, ::-1])


def _faxed(grey: Picture, rng: random.Random) -> Picture:
    worn = cv2.add(grey, _grain(rng.uniform(0.7, 1.2) * 26 * rng.choice((1.0, 1.0, 0.2))), dtype=cv2.CV_8U)
    for _ in range(rng.randint(0, 400)):
        y, x, r = rng.randrange(HEIGHT), rng.randrange(WIDTH), rng.randint(1, 3)
        worn[y : y + r, x : x + r] = 0
    return cv2.cvtColor(cv2.threshold(worn, rng.randint(130, 175), 255, cv2.THRESH_BINARY)[1], cv2.COLOR_GRAY2RGB)


def _grain(deviation: float) -> NDArray[np.int16]:
    return np.asarray(cv2.randn(np.zeros((HEIGHT, WIDTH), np.int16), 0, deviation), np.int16)


def _light(rng: random.Random) -> NDArray[np.float32]:
    """A lamp that stands somewhere over the sheet."""
    across, down = (np.cos((np.arange(n, dtype=np.float32) / n - rng.uniform(0.3, 0.7)) * 1.4) for n in (WIDTH, HEIGHT))
    return np.asarray(0.62 + 0.38 * np.outer(down, across), np.float32)
