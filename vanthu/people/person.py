"""Người làm việc: who asks, and the role that says what they may."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["clerk", "leader", "unit", "viewer", "administrator"]
"""Văn thư, lãnh đạo, đơn vị, người xem, quản trị."""

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Person:
    """`name` stands beside what the person does; `unit`: the unit of ours whose work is theirs.

    `cleared`: may see documents marked MẬT and above; `id` None: nobody who logged in (the sole user of a desk without accounts).
    """

    name: str
    unit: str | None = None
    role: Role = "viewer"
    cleared: bool = False
    id: int | None = None
    login: str = ""


SOLE = Person("văn thư", role="administrator")
"""As long as a desk on this machine alone has no second user, nobody logs in; nobody unnamed sees secret documents."""
