"""Vai của cơ quan: whom the items of the register charge, told anew when the directory has changed."""

import json

from models.context import Office
from vanthu.register import units
from vanthu.register.connection import Base


def settle(base: Base, office: Office) -> None:
    """`role` and `ours` of every item, by the office as it is now; within a transaction."""
    for row in base.rows("SELECT id, lead, support, role FROM follow_ups WHERE basis IS NOT 'instructed'"):
        role = units.role(json.loads(row["lead"]), json.loads(row["support"]), office)
        if role != row["role"]:
            base.db["follow_ups"].update(row["id"], {"role": role, "ours": int(role == "lead")})
