"""Lần đầu: the first account, the administrator's. Where others can reach the desk, only who has the code from its console makes it."""

import hmac
import secrets

from vanthu.errors import WrongUse
from vanthu.people import accounts
from vanthu.people.base import People, open_people
from vanthu.people.person import Person
from vanthu.people.sessions import hash_of
from vanthu.settings import Settings

_NAME = "setup_code"


def new_code(people: People) -> str | None:
    """A code for the first account, good until it is made or the desk starts again; None where there are accounts."""
    if accounts.count(people):
        return None
    code = secrets.token_urlsafe(18)
    with people.base.transaction():
        people.base.db["settings"].upsert({"name": _NAME, "value": hash_of(code)}, pk="name")
    return code


def first(people: People, login: str, name: str, password: str, *, code: str | None) -> Person:
    """The administrator; `code` None: asked for on this machine itself. WrongUse where the code is wrong or an account is there."""
    with people.base.transaction():
        if accounts.count(people):
            raise WrongUse("people.not_first")
        kept = people.base.value("SELECT value FROM settings WHERE name=?", _NAME) or ""
        if code is not None and not hmac.compare_digest(kept, hash_of(code)):
            raise WrongUse("people.wrong_code")
        made = accounts.add(people, login, name, "administrator", password=password, by=login)
        people.base.db["settings"].delete_where("name=?", [_NAME])
    return made


def first_address(settings: Settings) -> str | None:
    """Where the administrator is made, with a new code for it; None where that is done, or where only this machine reaches the desk."""
    if not settings.is_public:
        return None
    people = open_people(settings.outputs)
    try:
        code = new_code(people)
    finally:
        people.close()
    return f"{settings.desk_url()}bat-dau?ma={code}" if code else None
