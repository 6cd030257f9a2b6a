"""What can go wrong, and the exit code that says so: one table, one handler (`vanthu.cli.main`)."""

from enum import IntEnum

from vanthu.messages import say


class ExitCode(IntEnum):
    """How a command ended; the table in the README is tested against this one."""

    DONE = 0
    REJECTED = 1
    WRONG_USE = 2
    NOT_FOUND = 3
    FAULTS = 4
    BUSY = 5
    NO_SPACE = 6
    NOT_SENT = 7
    STOPPED = 130
    BROKEN = 70


class VanthuError(Exception):
    """A failure said to a person in one sentence: `key` of `messages.tsv` with its values."""

    code = ExitCode.BROKEN

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return say(self.key, **self.values)


class WrongUse(VanthuError):
    """A command, value or setting that makes no sense."""

    code = ExitCode.WRONG_USE


class NotFound(VanthuError):
    """An entry, file or item that does not exist."""

    code = ExitCode.NOT_FOUND


class Busy(VanthuError):
    """Another intake works on this inbox."""

    code = ExitCode.BUSY


class NotSent(VanthuError):
    """The mail server did not take a mail."""

    code = ExitCode.NOT_SENT


class Rejected(VanthuError):
    """Từ chối: a file that cannot be read; `reason` is one of the keys `reason.*` of `messages.tsv`, `detail` the technical words."""

    code = ExitCode.REJECTED
    reason = "failed"

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"reason.{self.reason}")
        self.detail = detail


class Encrypted(Rejected):
    """Có mật khẩu: it can be tried again with a password."""

    reason = "encrypted"


class Broken(Rejected):
    """Tệp hỏng: damaged or cut off."""

    reason = "broken"


class Empty(Rejected):
    """Tệp rỗng: no bytes, or no pages."""

    reason = "empty"


class NoPages(Rejected):
    """A PDF without a page."""

    reason = "no_pages"


class Unsupported(Rejected):
    """Not a kind of file that is read."""

    reason = "unknown_format"


class Archive(Rejected):
    """Tệp nén: its files must be taken out first."""

    reason = "archive"


class NoLetter(Rejected):
    """Tệp nén without anything that could be the letter."""

    reason = "no_letter"


class LoneAnnex(Rejected):
    """Phụ lục without the letter it belongs to."""

    reason = "lone_annex"


class OldOffice(Rejected):
    """Word, Excel or PowerPoint of before 2007."""

    reason = "old_office"


class LockedOffice(Rejected):
    """Word, Excel or PowerPoint under a password: only the program itself can open it."""

    reason = "locked_office"


class TooSmall(Rejected):
    """A picture too small to hold text."""

    reason = "too_small"


class TooLarge(Rejected):
    """A picture that would not fit into memory."""

    reason = "too_large"


class TooManyPages(Rejected):
    """More pages than are read in one file."""

    reason = "too_many_pages"


class Crashed(Rejected):
    """The reader of this file died: a fault of a library that the file has found."""

    reason = "crashed"


class TooSlow(Rejected):
    """No page was done for too long."""

    reason = "too_slow"
