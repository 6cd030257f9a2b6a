"""Vai của cơ quan: whom the items of the register charge, told anew when the directory has changed."""

import json

from models.context import Office
from vanthu.register import units
from vanthu.register.connection import Base


def settle(base: Base, office: Office) -> None:
    """`role` and `ours` of every item, by the office as it is now; within a transaction."""
    rows = base.rows(
        """SELECT f.id, f.lead, f.support, f.role, json_extract(d.record, '$.addressees') AS addressees
           FROM follow_ups f JOIN documents d ON d.id=f.document_id WHERE f.basis IS NOT 'instructed'"""
    )
    for row in rows:
        role = units.role(json.loads(row["lead"]), json.loads(row["support"]), office, json.loads(row["addressees"] or "[]"))
        if role != row["role"]:
            base.db["follow_ups"].update(row["id"], {"role": role, "ours": int(role == "lead")})
