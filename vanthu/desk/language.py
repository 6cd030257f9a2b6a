"""Ngôn ngữ: pages are written in Vietnamese; English comes from a gettext catalogue, chosen by each reader with a switch."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from vanthu import messages

CATALOGUE = Path(__file__).parent / "locale" / "en.po"
COOKIE = "ngonngu"
_YEAR = 365 * 24 * 3600


@cache
def catalogue() -> Mapping[str, tuple[str, ...]]:
    """The English of every Vietnamese text; two forms where something is counted. Read once, from the text that translators edit."""
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        known = read_po(file, locale="en")
    return {_forms(entry.id)[0]: _forms(entry.string) for entry in known if entry.id and entry.string}


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def gettext(text: str) -> str:
    """A Vietnamese text in the language of this request."""
    return text if messages.spoken() == "vi" else catalogue().get(text, (text,))[0]


def ngettext(one: str, many: str, count: int) -> str:
    """The same for what is counted: Vietnamese has one form."""
    if messages.spoken() == "vi":
        return many
    return catalogue().get(one, (one, many))[0 if count == 1 else -1]


_ = gettext


class Speaks:
    """Answers each request in the language that its reader chose, else in the office's."""

    def __init__(self, inner: ASGIApp, language: str) -> None:
        self.inner = inner
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http":
            chosen = Request(scope).cookies.get(COOKIE, "")
            messages.answer_in(chosen if chosen in messages.LANGUAGES else self.language)
        await self.inner(scope, receive, send)


async def choose(request: Request) -> Response:
    """Remember the language, and go back to the page that the switch stood on."""
    async with request.form(max_fields=2, max_files=0) as form:
        language, back = str(form.get("ngonngu", "")), str(form.get("ve", "/"))
    answer = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    if language in messages.LANGUAGES:
        answer.set_cookie(COOKIE, language, max_age=_YEAR, httponly=True, samesite="strict")
    return answer
