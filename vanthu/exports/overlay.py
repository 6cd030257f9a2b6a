"""Soi trang: what was read, laid over the pages: zones, words coloured by confidence, the order in which lines are read.

For looking at why a page was read as it was, and for showing it: PNG (a picture a page) or HTML (one file that needs no other).
"""

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from models.document import Box, Document, Page, Word
from models.text import fold
from vanthu.exports.files import write_whole, write_whole_bytes
from vanthu.messages import say
from vanthu.readers import page_image

LONGEST = 1700
"""Pixels of the longer side of a picture."""

_PARTS = ("header_left", "header_right", "stamp", "title", "addressees", "body", "signature", "recipients", "annex")
_COLOURS = ("#1f77b4", "#17a2b8", "#d62728", "#9467bd", "#e377c2", "#7f7f7f", "#2ca02c", "#8c564b", "#bcbd22")
_TABLE, _MARK, _ORDER, _MENDED = "#ff7f0e", "#d62728", "#2f4fd0", "#0000ff"


_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
"""Pillow's own font has no Vietnamese letters: without this one, which fontconfig brings along, names go without their marks."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A zone, a table or a mark: its box on the upright page as scanned, its name and colour."""

    box: Box
    name: str
    colour: str


def write(original: Path, document: Document, out: Path, *, password: str | None = None) -> list[Path]:
    """Write `out` (.png or .html) and return what was written: of several pages as PNG a file each, `OUT-2.png`.

    Unsupported where the original has no pages to look at.
    """
    frames = _zones(document)
    shown = [(page, _picture(original, page, password), [*frames.get(page.number, ()), *_things(page)]) for page in document.pages]
    if out.suffix.lower() == ".html":
        write_whole(out, _html(document, shown))
        return [out]
    written = []
    for page, picture, boxes in shown:
        target = out if len(shown) == 1 else out.with_name(f"{out.stem}-{page.number}{out.suffix}")
        packed = io.BytesIO()
        _drawn(page, picture, boxes).save(packed, "PNG")
        write_whole_bytes(target, packed.getvalue())
        written.append(target)
    return written


def colour_of(confidence: float) -> tuple[int, int, int]:
    """From red (not sure) over yellow to green (sure); most words lie above 0.8, so the scale is spread there."""
    share = min(1.0, max(0.0, (confidence - 0.5) / 0.5)) ** 2
    return round(220 * min(1.0, 2 - 2 * share)), round(180 * min(1.0, 2 * share)), 0


def _zones(document: Document) -> dict[int, list[Frame]]:
    from extractors._zones import find

    zones, found = find(document=document), dict[int, list[Frame]]()
    for part, colour in zip(_PARTS, _COLOURS, strict=True):
        lines = getattr(zones, part)
        for number in dict.fromkeys(line.page.number for line in lines):
            boxes = [line.page.on_scan(line.line.box) for line in lines if line.page.number == number]
            found.setdefault(number, []).append(Frame(Box.around(boxes), say(f"zone.{part}"), colour))
    return found


def _things(page: Page) -> Iterator[Frame]:
    """Tables and marks."""
    for table in dict.fromkeys(line.table for line in page.lines if line.table is not None):
        rows = [page.on_scan(line.box) for line in page.lines if line.table == table]
        yield Frame(Box.around(rows), say("zone.table"), _TABLE)
    for mark in page.marks:
        yield Frame(page.on_scan(mark.box), say(f"zone.mark.{mark.kind}"), _MARK)


def _picture(original: Path, page: Page, password: str | None) -> Any:
    image = page_image.of(original, page.number, LONGEST, cropped=page.source == "text", password=password)
    return image.rotate(-page.rotation, expand=True) if page.rotation else image


def _drawn(page: Page, picture: Any, frames: Sequence[Frame]) -> Any:
    from PIL import ImageDraw, ImageFont

    across, down = picture.width / page.width, picture.height / page.height
    pen = ImageDraw.Draw(picture, "RGBA")
    named = _FONT.is_file()
    font = ImageFont.truetype(str(_FONT), 15) if named else ImageFont.load_default(15)

    def placed(box: Box) -> tuple[float, float, float, float]:
        return box.left * across, box.top * down, box.right * across, box.bottom * down

    for word in _words(page):
        pen.rectangle(
            placed(page.on_scan(word.box)),
            fill=(*colour_of(word.confidence), 60),
            outline=_MENDED if word.raw else (*colour_of(word.confidence), 160),
        )
    for frame in frames:
        left, top, right, bottom = placed(frame.box)
        pen.rectangle((left - 4, top - 4, right + 4, bottom + 4), outline=frame.colour, width=3)
        pen.text(
            (left, top - 6), frame.name if named else fold(frame.name), frame.colour, font, anchor="ls", stroke_width=2, stroke_fill="white"
        )
    points = [(box.left * across, box.middle[1] * down) for box in (page.on_scan(line.box) for line in page.lines)]
    if len(points) > 1:
        pen.line(points, _ORDER, 2)
    for n, point in enumerate(points, 1):
        pen.text((point[0] - 6, point[1]), str(n), _ORDER, font, anchor="rm", stroke_width=2, stroke_fill="white")
    return picture


def _words(page: Page) -> Iterator[Word]:
    return (word for line in page.lines for word in line.words)


def _html(document: Document, shown: Sequence[tuple[Page, Any, Sequence[Frame]]]) -> str:
    environment = Environment(loader=PackageLoader("vanthu.exports"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    scale = [(share, colour_of(share)) for share in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)]
    sheets = [
        {
            "page": page,
            "picture": _packed(picture),
            "frames": frames,
            "words": [*_words(page)],
            "size": max(page.width, page.height) / LONGEST,
        }
        for page, picture, frames in shown
    ]
    return environment.get_template("overlay.html").render(
        name=document.name, sheets=sheets, scale=scale, say=say, colour_of=colour_of, order=_ORDER, mended=_MENDED
    )


def _scale(page: Page) -> float:
    return max(page.width, page.height) / LONGEST


def _packed(picture: Any) -> str:
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=80)
    return base64.b64encode(packed.getvalue()).decode("ascii")
