"""Mật khẩu: kept as Argon2id with the parameters of RFC 9106 for little memory; a new one must be long, nothing else."""

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from vanthu.errors import WrongUse

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 10
LONGEST = 200
_at_once = BoundedSemaphore(2)
"""Each check takes 64 MiB: many at once would take the machine's memory."""

_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$aYQDF3MHtSnHrSbAnRPIP2tDjPbUiEaMYE6jiJfQS8A"
"""Checked where there is no such account, so that the time of an answer does not tell which names exist."""


@cache
def hasher() -> "PasswordHasher":
    """Argon2 with the parameters of today."""
    from argon2 import PasswordHasher

    return PasswordHasher()


def check_new(password: str, login: str) -> None:
    """WrongUse where a new password is short, endless or the log-in name itself."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WrongUse("people.password_length", shortest=SHORTEST, longest=LONGEST)
    if login and login in password.casefold() and len(password) < len(login) + 6:
        raise WrongUse("people.password_login")
    if len(set(password)) < 5:
        raise WrongUse("people.password_same")


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _at_once:
        return hasher().hash(password)


def matches(kept: str | None, password: str) -> bool:
    """True where it is the password of the account; takes as long where there is none."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _at_once:
        try:
            return hasher().verify(kept or _NOBODY, password[: LONGEST + 1]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_old(kept: str) -> bool:
    """True where today's parameters are stronger than those it was made with."""
    return hasher().check_needs_rehash(kept)
