"""Settings: by environment (VANTHU_…), else `vanthu.toml` of the working folder or the checkout, else the defaults.

VANTHU_HOME stands for the working folder where a program runs in another one, as Prefect's workers do.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from models.context import Office
from models.text import clean, one_line
from vanthu import sections
from vanthu.errors import WrongUse
from vanthu.messages import LANGUAGES

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam has had one time the whole year since 1975, so no table of zones is needed."""

BOOKS = ("den", "di", "dang")
"""Sổ văn bản đến, sổ văn bản đi, and the Party's own where it is kept apart."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""This machine's own names."""

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What an office sets; all paths absolute.

    `quiet`: seconds a file must be unchanged; `first_numbers`: first number of a book in a year that has already begun, by
    (book, year); `fixed_today`: for tests and stories; `split_batches`: several documents in one file get an entry each; `internal_days`:
    working days before its due date by which the office wants an item done; `close_above`: how sure an answer must be to close an
    item by itself (0-1, above 1 never); `tessdata`: a folder with a better model of Vietnamese for Tesseract, used where it has one.
    """

    inbox: Path
    outputs: Path
    tessdata: Path
    quiet: float = 2.0
    port: int = 8420
    prefect_port: int = 8421
    fixed_today: date | None = None
    lang: str = "vi"
    office: Office = Office()
    separate_party_book: bool = False
    split_batches: bool = True
    first_numbers: Mapping[tuple[str, int], int] = field(default_factory=dict)
    mail: sections.Mail = sections.Mail()
    letterhead: sections.Letterhead = sections.Letterhead()
    internal_days: int = 0
    close_above: float = 0.9
    host: str = "127.0.0.1"
    desk: sections.Desk = sections.Desk()
    mailbox: sections.Mailbox = sections.Mailbox()
    webhook: sections.Webhook = sections.Webhook()
    cluster: str = ""
    keeping: sections.Keeping = sections.Keeping()
    retention: Mapping[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Hôm nay in Vietnam, or the day that VANTHU_TODAY names."""
        return self.fixed_today or datetime.now(VIETNAM).date()

    @property
    def is_public(self) -> bool:
        """True where others than this machine's users can reach the desk: people log in then."""
        return self.host not in LOOPBACK or bool(self.desk.names)

    def desk_url(self, *, secret: bool = False) -> str:
        """Where browsers find the desk, or that of secret documents."""
        if secret and self.desk.mat_address:
            return self.desk.mat_address
        host = self.desk.names[0] if self.desk.names else self.host
        port = "" if self.desk.https and not secret else f":{self.desk.mat_port if secret else self.port}"
        return f"{'https' if self.desk.is_secure else 'http'}://{host}{port}/"

    @property
    def secret_outputs(self) -> Path:
        """Where documents marked MẬT and above are kept apart."""
        return self.outputs / "mat"

    @property
    def backups(self) -> Path:
        """Where backups go."""
        return (self.outputs / (self.keeping.backups or "backups")).expanduser()

    @property
    def prefect_home(self) -> Path:
        """Prefect's own files: two offices on one machine share nothing."""
        return self.outputs / "prefect"


_PLAIN = (
    "inbox",
    "outputs",
    "tessdata",
    "quiet",
    "port",
    "prefect_port",
    "today",
    "lang",
    "internal_days",
    "close_above",
    "host",
    "cluster",
)
_KNOWN = (
    *_PLAIN,
    "office",
    "separate_party_book",
    "split_batches",
    "first_numbers",
    "mail",
    "letterhead",
    "desk",
    "mailbox",
    "webhook",
    "keeping",
    "retention",
)


def load(environment: Mapping[str, str] = os.environ, folder: Path | None = None) -> Settings:
    """The settings of this run; WrongUse where one makes no sense."""
    home = folder or Path(environment.get("VANTHU_HOME") or Path.cwd())
    source = next((place for place in (home, CHECKOUT) if (place / "vanthu.toml").is_file()), None)
    written = _read_toml(source / "vanthu.toml") if source else {}
    plain = {name: (written[name], source or home) for name in _PLAIN if name in written}
    plain |= {name: (environment[key], home) for name in _PLAIN if (key := f"VANTHU_{name.upper()}") in environment}
    outputs = _path(plain.get("outputs", ("outputs", CHECKOUT)))
    return Settings(
        inbox=_path(plain.get("inbox", ("inbox", CHECKOUT))),
        outputs=outputs,
        tessdata=_path(plain.get("tessdata", (outputs / "tessdata", CHECKOUT))),
        quiet=_number("quiet", plain, 2.0),
        port=_port("port", plain, 8420),
        prefect_port=_port("prefect_port", plain, 8421),
        fixed_today=_day(plain),
        lang=_language(plain),
        office=_office(written.get("office", {})),
        separate_party_book=bool(written.get("separate_party_book", False)),
        split_batches=bool(written.get("split_batches", True)),
        first_numbers=_first_numbers(written.get("first_numbers", {})),
        mail=sections.mail(written.get("mail", {})),
        letterhead=sections.letterhead(written.get("letterhead", {})),
        internal_days=int(_number("internal_days", plain, 0)),
        close_above=_number("close_above", plain, 0.9),
        host=_host(plain),
        desk=sections.desk(written.get("desk", {})),
        mailbox=sections.mailbox(written.get("mailbox", {})),
        webhook=sections.webhook(written.get("webhook", {})),
        cluster=str(plain.get("cluster", ("", home))[0]),
        keeping=sections.keeping(written.get("keeping", {})),
        retention=sections.retention(written.get("retention", {})),
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongUse("settings.broken", path=path, error=error) from error
    for name in written:
        if name not in _KNOWN:
            close = difflib.get_close_matches(name, _KNOWN, 1)
            raise WrongUse("settings.unknown", name=name, path=path, known=close[0] if close else ", ".join(_KNOWN))
    return written


def _path(value: tuple[Any, Path]) -> Path:
    return (value[1] / Path(str(value[0])).expanduser()).absolute()


def _number(name: str, plain: Mapping[str, tuple[Any, Path]], default: float) -> float:
    try:
        number = float(plain[name][0]) if name in plain else default
    except ValueError:
        raise WrongUse("settings.number", name=name, value=plain[name][0]) from None
    if not 0 <= number < float("inf"):
        raise WrongUse("settings.number", name=name, value=plain[name][0])
    return number


def _port(name: str, plain: Mapping[str, tuple[Any, Path]], default: int) -> int:
    port = _number(name, plain, default)
    if port != int(port) or not 0 < port < 65536:
        raise WrongUse("settings.port", name=name, value=plain[name][0])
    return int(port)


def _day(plain: Mapping[str, tuple[Any, Path]]) -> date | None:
    value = str(plain["today"][0]) if "today" in plain else ""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise WrongUse("settings.day", name="today", value=value) from None


def _host(plain: Mapping[str, tuple[Any, Path]]) -> str:
    host = str(plain["host"][0]).strip() if "host" in plain else "127.0.0.1"
    if not host or len(host.split()) != 1 or "/" in host:
        raise WrongUse("settings.host", value=host)
    return host


def _language(plain: Mapping[str, tuple[Any, Path]]) -> str:
    language = str(plain["lang"][0]).lower() if "lang" in plain else "vi"
    if language not in LANGUAGES:
        raise WrongUse("settings.language", value=language, known=", ".join(LANGUAGES))
    return language


def _office(written: Any) -> Office:
    """`[office]`: `names` (the full name first, then its aliases) and `units`, each unit a list of names."""
    if not isinstance(written, dict) or set(written) - {"names", "units"}:
        raise WrongUse("settings.office")
    return Office(_names(written.get("names", [])), tuple(_names(unit) for unit in _list(written.get("units", []))))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise WrongUse("settings.office")
    return value


def _names(value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else _list(value)
    if not all(isinstance(name, str) and name.strip() for name in names):
        raise WrongUse("settings.office")
    return tuple(one_line(clean(name)) for name in names)


def _first_numbers(written: Any) -> dict[tuple[str, int], int]:
    """`[first_numbers]`: `"den/2024" = 120`."""
    numbers = {}
    for key, number in written.items() if isinstance(written, dict) else [("", 0)]:
        book, _, year = key.partition("/")
        if book not in BOOKS or not year.isdecimal() or not isinstance(number, int) or number < 1:
            raise WrongUse("settings.first_numbers")
        numbers[book, int(year)] = int(number)
    return numbers
