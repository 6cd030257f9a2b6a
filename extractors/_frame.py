"""Khung xét thời hạn: what is known round a sentence when its dates are judged, and the verdict on one of them."""

from dataclasses import dataclass
from datetime import date

from extractors._dates import Moment
from extractors._limits import Phrase

PLANS = frozenset({"kế hoạch", "chương trình", "phương án", "đề án", "dự án", "lịch công tác", "kịch bản", "đề cương", "thể lệ"})
INVITATIONS = frozenset({"giấy mời", "thư mời", "giấy triệu tập", "thông báo triệu tập"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known round a sentence.

    `floor`: no limit lies before it (the day of issue, or the first of its month); `year` for dates printed without one;
    `label`: the heading or the words before a colon that say what the dates are for (folded); `targets`: under a heading of aims
    or of what was achieved; `invites`: in or after a paragraph that invites; `law`: the paragraph has restated a law before this sentence.
    """

    floor: date | None = None
    year: int | None = None
    doc_type: str | None = None
    label: str = ""
    targets: bool = False
    invites: bool = False
    law: bool = False

    def year_of(self, phrase: Phrase) -> int | None:
        """The year of a date printed without one: the document's; the next where a paper of the year's end names its first months."""
        core = phrase.core
        if self.floor and isinstance(core, Moment) and core.year is None and self.floor.month >= 11 and (core.month or 12) <= 3:
            return self.floor.year + 1
        return self.year

    @property
    def plans(self) -> bool:
        """A plan: the time of an activity is the limit of that item."""
        return self.doc_type in PLANS

    @property
    def invitation(self) -> bool:
        """An invitation or summons, or a paragraph that invites."""
        return self.doc_type in INVITATIONS or self.invites


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is a limit, by which rule, how sure; `rule` names the exclusion where it is none."""

    accepted: bool
    rule: str
    confidence: float = 0.0
