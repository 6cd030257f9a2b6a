"""What the machine refuses – a full disk, a folder that cannot be written – said to a person; none of it is a fault of the program."""

import errno
import sqlite3
from pathlib import Path

from vanthu.errors import ExitCode
from vanthu.messages import say

_FULL = (errno.ENOSPC, errno.EDQUOT)

_ERRNO = {
    errno.EACCES: "machine.no_right",
    errno.EPERM: "machine.no_right",
    errno.EROFS: "machine.read_only",
    errno.EEXIST: "machine.no_folder",
    errno.ENOTDIR: "machine.no_folder",
}

_SQLITE = {
    "database or disk is full": ("cli.no_space", ExitCode.NO_SPACE),
    "readonly database": ("machine.read_only", ExitCode.WRONG_USE),
    "unable to open database file": ("machine.read_only", ExitCode.WRONG_USE),
    "database is locked": ("machine.busy", ExitCode.BUSY),
    "not a database": ("machine.damaged", ExitCode.FAULTS),
    "malformed": ("machine.damaged", ExitCode.FAULTS),
}
"""SQLite's own words for what has happened, by a part of them."""


def explain(error: Exception, outputs: Path) -> tuple[str, ExitCode] | None:
    """The sentence and the exit code, None where the fault is ours; `outputs` is where the register lies."""
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return say("cli.no_space"), ExitCode.NO_SPACE
        key = _ERRNO.get(error.errno or 0)
        return (say(key, path=error.filename or outputs), ExitCode.WRONG_USE) if key else None
    if isinstance(error, sqlite3.DatabaseError):
        for words, (key, code) in _SQLITE.items():
            if words in str(error):
                return say(key, path=outputs), code
    return None
