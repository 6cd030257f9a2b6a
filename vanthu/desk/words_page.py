"""Chữ ở chỗ được chỉ: the words under a pointer or in a drawn box, in the form of the field that they are meant for."""

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.document import Box
from models.text import fold
from vanthu.desk import edits
from vanthu.desk.page import place_of
from vanthu.desk.pictures import NoPicture, picture
from vanthu.pipeline.place import Place
from vanthu.register import words

_DAY = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})")
_CODE_CUE = re.compile(r"^\W*s[oố]?\s*[:;.,]\s*", re.IGNORECASE)
_SUBJECT_CUE = re.compile(r"^(?:v/v|ve viec|ve)\b[:\s]*")
_ENLARGED = 2
_DPI = 290
"""The kept picture of a page has about 145 dpi; Tesseract reads it better enlarged."""


def show(request: Request) -> Response:
    """`trang`, `khung` (left,top,right,bottom in pixels of the page), `truong`: `{text, boxes}`.

    A drawn box that holds no known word is read now.
    """
    asked = request.query_params
    entry_id, area = request.path_params["id"], _area(asked.get("khung", ""))
    number = int(asked["trang"]) if asked.get("trang", "").isdecimal() and len(asked["trang"]) < 6 else 0
    with place_of(request) as place:
        page = next((page for page in place.register.pages(entry_id) if page["number"] == number), None)
        if page is None:
            raise HTTPException(404)
        found = words.inside(words.of_page(place.register.base, entry_id, number) or [], area)
        text = words.text_of(found) or _read(place, entry_id, page, area)
    boxes = [[box.left, box.top, box.right, box.bottom] for _, box, _ in found]
    return JSONResponse({"text": formed(asked.get("truong", "")[:60], text), "boxes": boxes})


def _area(text: str) -> Box:
    numbers = re.fullmatch(r"(-?\d{1,6}),(-?\d{1,6}),(-?\d{1,6}),(-?\d{1,6})", text)
    if not numbers:
        raise HTTPException(404)
    left, top, right, bottom = map(int, numbers.groups())
    return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def formed(field: str, text: str) -> str:
    """Words of the page as the field takes them: a day, a code without its cue, a list with a line each, one line else."""
    kind = edits.kind_of(field)
    if kind == "list":
        return "\n".join(filter(None, (line.strip(" -+•;.,") for line in text.split("\n"))))
    line = " ".join(text.split())
    if kind == "date" and (day := _DAY.search(line)):
        return f"{int(day[1]):02d}/{int(day[2])}/{day[3]}" if int(day[2]) > 2 else f"{int(day[1]):02d}/{int(day[2]):02d}/{day[3]}"
    if field == "code":
        return "".join(_CODE_CUE.sub("", line).split())
    if field == "subject":
        return line[cue.end() :] if (cue := _SUBJECT_CUE.match(fold(line))) else line
    return line.strip(" ;,")


def _read(place: Place, entry_id: int, page: dict[str, Any], area: Box) -> str:
    """What stands in an area that holds no known word: handwriting, or a page read before its words were kept."""
    if area.width < 8 or area.height < 8 or page["source"] in ("docx", "xlsx", "failed"):
        return ""
    main = next((file for file in place.register.show(entry_id)["files"] if file["role"] == "main"), None)
    try:
        path = picture(place.register.store, main["sha256"], page) if main else None
    except NoPicture:
        path = None
    if path is None:
        return ""
    import numpy as np
    from PIL import Image

    from vanthu.ocr.recognise import printed_lines

    with Image.open(path) as image:
        scale = image.width / page["width"]
        cut = image.convert("L").crop(tuple(round(edge * scale) for edge in (area.left, area.top, area.right, area.bottom)))
        large = cut.resize((cut.width * _ENLARGED, cut.height * _ENLARGED))
    lines = printed_lines(np.asarray(large, dtype=np.uint8), _DPI, psm=6, apart=True)  # a fault in Tesseract must not end the desk
    return "\n".join(" ".join(word.text for word in line) for line in lines)
