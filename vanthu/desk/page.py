"""How a page is made: its template, the register that it asks, the words on it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from models.found import LOOK_BELOW
from vanthu import messages
from vanthu.desk import language, words
from vanthu.desk.around import around
from vanthu.pipeline.place import Place
from vanthu.settings import Settings


@cache
def static(name: str) -> str:
    """Address of a style sheet or script, with a mark of its content: browsers keep it until it changes."""
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


@cache
def environment() -> Environment:
    """The templates; every value is escaped."""
    made = Environment(
        loader=PackageLoader("vanthu.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(words.FILTERS)
    made.globals["look_below"] = LOOK_BELOW
    made.globals["static"] = static
    return made


def settings_of(request: Request) -> Settings:
    """The office's settings."""
    settings: Settings = request.app.state.settings
    return settings


@contextmanager
def place_of(request: Request) -> Iterator[Place]:
    """The desk's register, opened for this request: requests run side by side, each with a connection of its own."""
    place = Place(settings_of(request), request.app.state.secret)
    try:
        yield place
    finally:
        place.close()


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page."""
    settings = settings_of(request)
    office = settings.office.names[0] if settings.office.names else None
    shared = {
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query and request.method == "GET" else ""),
        "office": office,
        "today": settings.today.isoformat(),
        "query": "",
        "language": messages.spoken(),
    }
    return HTMLResponse(environment().get_template(template).render(shared | around(request, settings) | values), status)
