"""Tables of `vanthu.toml` that only some offices fill in: the mail server, and what stands on the office's own letters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from vanthu.errors import WrongUse

ENCRYPTIONS = ("none", "starttls", "tls")


@dataclass(frozen=True, slots=True)
class Mail:
    """Máy chủ thư, `[mail]`. `security`: none, starttls (port 587) or tls (465).

    The password stands in the file `password_file`, so that `vanthu.toml` can be shown; `ca_file` holds the certificate of an office's
    own authority.
    """

    host: str = ""
    port: int = 25
    security: str = "none"
    user: str = ""
    password_file: str = ""
    ca_file: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """True where the digest is to be mailed."""
        return bool(self.host)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Thể thức văn bản của cơ quan, `[letterhead]` (Decree 30/2020, Annex I): what is empty is left blank on the letter.

    `parent`: cơ quan chủ quản; `place`: địa danh; `symbol`: ký hiệu of our letters (`UBND-VP`); `authority`: lines such as
    `TM. ỦY BAN NHÂN DÂN`; `position` and `signer`: who signs; `archive`: what follows Lưu; `organ_id`: mã định danh of our office
    (Decision 20/2020/QĐ-TTg), for exchange.
    """

    parent: str = ""
    place: str = ""
    symbol: str = ""
    authority: tuple[str, ...] = ()
    position: str = ""
    signer: str = ""
    archive: str = "VT"
    organ_id: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Bàn làm việc, `[desk]`. `names`: names under which others reach it, apart from this machine's own; with one, people log in.

    `https`: it is reached through a server that speaks HTTPS for it; `certificate` and `key`: it speaks HTTPS itself.
    `mat_port`: where the desk of secret documents listens, 0 for nowhere; `mat_address`: how browsers reach that.
    """

    names: tuple[str, ...] = ()
    https: bool = False
    certificate: str = ""
    key: str = ""
    mat_port: int = 8422
    mat_address: str = ""

    @property
    def is_secure(self) -> bool:
        """True where browsers reach the desk by HTTPS alone."""
        return self.https or bool(self.certificate)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Sao lưu, `[keeping]`: the folder of the backups ("": `backups` under the outputs), how many are kept, for how many days at most
    (0: no limit); `nightly` False: the night makes none."""

    backups: str = ""
    backups_kept: int = 7
    backup_days: int = 0
    nightly: bool = True


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Hộp thư đến, `[mailbox]`: an IMAP server whose messages are a second inbox. `security`: tls (port 993), starttls (143) or none.

    `minutes` between two looks of `vanthu up`; password and certificate as in `[mail]`.
    """

    host: str = ""
    port: int = 993
    security: str = "tls"
    user: str = ""
    password_file: str = ""
    ca_file: str = ""
    folder: str = "INBOX"
    minutes: int = 5


@dataclass(frozen=True, slots=True)
class Webhook:
    """Chương trình khác được báo văn bản mới, `[webhook]`: its address, the file of the key that both know, its own authority."""

    url: str = ""
    secret_file: str = ""
    ca_file: str = ""


Section = TypeVar("Section", Mail, Letterhead, Desk, Keeping, Mailbox, Webhook)


def mail(written: Any) -> Mail:
    """`[mail]`; WrongUse where it makes no sense, and where a server is set without sender or receivers."""
    made = _filled("mail", Mail, written)
    if made.security not in ENCRYPTIONS:
        raise WrongUse("settings.mail_security", value=made.security, known=", ".join(ENCRYPTIONS))
    if made.is_set and not (made.sender and made.to):
        raise WrongUse("settings.mail")
    return made


def desk(written: Any) -> Desk:
    """`[desk]`; WrongUse where a certificate has no key or the port makes no sense."""
    made = _filled("desk", Desk, written)
    if bool(made.certificate) != bool(made.key):
        raise WrongUse("settings.certificate")
    if not 0 <= made.mat_port < 65536:
        raise WrongUse("settings.port", name="mat_port", value=made.mat_port)
    return made


def mailbox(written: Any) -> Mailbox:
    """`[mailbox]`; WrongUse where it makes no sense, and where a server is set without a user."""
    made = _filled("mailbox", Mailbox, written)
    if made.security not in ENCRYPTIONS:
        raise WrongUse("settings.mail_security", value=made.security, known=", ".join(ENCRYPTIONS))
    if made.minutes < 1 or not 0 < made.port < 65536 or (made.host and not made.user):
        raise WrongUse("settings.section", name="mailbox", known="host, port, security, user, password_file, ca_file, folder, minutes")
    return made


def webhook(written: Any) -> Webhook:
    """`[webhook]`; WrongUse where the address is none."""
    made = _filled("webhook", Webhook, written)
    if made.url and not made.url.startswith(("http://", "https://")):
        raise WrongUse("settings.section_value", name="webhook", setting="url", value=made.url)
    return made


def letterhead(written: Any) -> Letterhead:
    """`[letterhead]`."""
    return _filled("letterhead", Letterhead, written)


def keeping(written: Any) -> Keeping:
    """`[keeping]`; at least one backup is kept."""
    made = _filled("keeping", Keeping, written)
    if made.backups_kept < 1 or made.backup_days < 0:
        raise WrongUse("settings.section_value", name="keeping", setting="backups_kept, backup_days", value=made.backups_kept)
    return made


def retention(written: Any) -> dict[str, int]:
    """`[retention]`: years by type of document."""
    terms = written if isinstance(written, Mapping) else {"": 0}
    if not all(isinstance(years, int) and not isinstance(years, bool) and 0 < years <= 100 for years in terms.values()):
        raise WrongUse("settings.retention")
    return {str(doc_type): years for doc_type, years in terms.items()}


def _filled(name: str, kind: Callable[..., Section], written: Any) -> Section:
    known = {field.name: field.default for field in fields(kind)}  # type: ignore[arg-type]
    if not isinstance(written, Mapping) or set(written) - known.keys():
        raise WrongUse("settings.section", name=name, known=", ".join(known))
    return kind(**{key: _value(name, key, value, known[key]) for key, value in written.items()})


def _value(name: str, key: str, value: Any, default: Any) -> Any:
    if isinstance(default, tuple):
        many = [value] if isinstance(value, str) else value
        if isinstance(many, list) and all(isinstance(one, str) for one in many):
            return tuple(many)
    elif type(value) is type(default):
        return value
    raise WrongUse("settings.section_value", name=name, setting=key, value=value)
