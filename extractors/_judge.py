"""Có phải thời hạn không: whether a time expression is a limit that this document sets, and how sure that is.

Most dates of a dispatch are none: its own, those of cited documents, of past events, of data, of meetings, of taking effect,
of earlier dispatches.
"""

import re
from dataclasses import dataclass
from datetime import date

from extractors._codes import find_codes
from extractors._dates import Moment
from extractors._limits import Phrase
from extractors._patterns import CAPITAL
from extractors._periods import Period
from extractors._recurrence import Rule
from extractors._signals import Signals
from models.text import fold

PLANS = frozenset({"kế hoạch", "chương trình", "phương án", "đề án", "dự án", "lịch công tác", "kịch bản", "đề cương", "thể lệ"})
INVITATIONS = frozenset({"giấy mời", "thư mời", "giấy triệu tập", "thông báo triệu tập", "thư công"})
REPORTS = frozenset({"báo cáo", "thông cáo", "giấy giới thiệu", "giấy ủy quyền", "phiếu báo", "giấy chứng nhận", "thư công"})
_REQUESTS = frozenset({"tờ trình", "phiếu trình", "biên bản"})

_SUBJECT_ORDERS = re.compile(
    rf"(?:[,.;]|\)|như sau:?)\s*(?:nay |do đó,? |vì vậy,? )?[{CAPITAL}][^,;:]{{1,110}}?\s"
    r"(?:kính |trân trọng |tiếp tục )?(?:đề nghị|yêu cầu|giao|thông báo|chỉ đạo|hướng dẫn|xây dựng|ban hành)",
)
_OWN_ORDER = re.compile(r"(?:[,.;]|^)\s*(?:kính )?(?:đề nghị|yêu cầu|giao)\s", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:thoi gian|thoi han|tien do|han(?: cuoi| chot| nop| gui| hoan thanh| bao cao)?|moc|lich)(?P<what>[^:;.]{0,45}):\s*(?P<filled>.*)$",
    re.DOTALL,
)
_TASK_LABEL = re.compile(r"thoi han|tien do|\bhan\b|hoan thanh|thuc hien|trien khai|nop|gui|bao cao|tra loi|nhan|dang ky|xong")
_STAGE = re.compile(r"\)\s*:")
_HEADS_ITEM = re.compile(r"\s*(?:\([^)]{0,30}\))?\s*:")
_BEGUN = 31
"""Days: a range that began longer ago is one of data or of a rule, not of work still to be ordered."""
_OF_THIS = re.compile(r" nay\b|nhan duoc$|ngay ky$")
_UNTIL_SURE = re.compile(r"\b(?:het|tu nay|tu gio|ke tu nay|gia han|keo dai|lui)\b")


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


def judge(text: str, phrase: Phrase, frame: Frame, signals: Signals) -> Verdict:
    """Is `phrase` in the sentence `text` a limit of this document?"""
    if excluded := _excluded(text, phrase, frame, signals):
        return Verdict(False, excluded)
    if isinstance(phrase.core, Period):
        return _period(phrase.core, phrase, frame, signals)
    if isinstance(phrase.core, Rule):
        return _recurring(phrase.core, phrase, frame, signals)
    label = _label(text, phrase, frame)
    if label:
        return _labelled(label, phrase, frame)
    return _dated(phrase, phrase.core, text, frame, signals)


def _excluded(text: str, phrase: Phrase, frame: Frame, signals: Signals) -> str | None:
    if frame.doc_type in REPORTS:
        return "report"
    due = phrase.due_on(frame.year_of(phrase))
    if isinstance(phrase.core, Moment) and (due is None or (frame.floor and due < frame.floor)):
        return "past" if due else "no-such-day"
    if frame.doc_type in _REQUESTS and not signals.before(phrase.start, "order", "done"):
        return "request"
    if phrase.cue == "vague" or (phrase.cue == "none" and isinstance(phrase.core, Moment) and phrase.core.form == "year_alone"):
        return "vague"
    if told(text, phrase.start, signals):
        return "told-of-another-dispatch"
    if signals.before(phrase.start, "effect", words=8) and not signals.before(phrase.start, "done", words=3):
        return "effect"
    return None


def told(text: str, at: int, signals: Signals) -> bool:
    """Whether what stands at `at` is told of an earlier dispatch: after its citation, and no order of this document between."""
    opening = re.match(r"\s*(?:\d+[.)]\s*)?Tại (?=[^,;]{0,40}\d)", text)
    cue = signals.before(at, "told", clause=False)
    if opening and find_codes(text[:at]):
        orders = list(_SUBJECT_ORDERS.finditer(text, 0, at))
        return len(orders) < 2
    if not cue:
        return False
    words = fold(text[cue.start : cue.end])
    if not words.startswith(("da ", "so voi", "chua")) and " cu" not in words and not find_codes(text[: cue.end + 60]):
        return False
    between = text[cue.end : at]
    if words.startswith(("so voi", "chua")) or words.endswith(" cu"):
        return not re.search("[,;]", between)
    return not _SUBJECT_ORDERS.search(between) and not (";" in between and _OWN_ORDER.search(between))


def _period(period: Period, phrase: Phrase, frame: Frame, signals: Signals) -> Verdict:
    if period.backwards:
        return Verdict(False, "counted-back")
    of_this = bool(_OF_THIS.search(fold(signals.text[phrase.start : phrase.end])))
    if of_this and period.cued:
        return Verdict(True, "period", 0.96)
    if signals.before(phrase.start, "term", words=6) and not signals.before(phrase.start, "done", words=6):
        return Verdict(False, "term")
    restated = frame.law or signals.before(phrase.start, "law", clause=False)
    if restated and not of_this and not signals.before(phrase.start, "done", "charge", words=12):
        return Verdict(False, "law")
    if period.cued:
        return Verdict(True, "period", 0.95)
    ordered = signals.before(phrase.start, "order", "done")
    return Verdict(bool(ordered), "period-from-event", 0.8)


def _recurring(rule: Rule, phrase: Phrase, frame: Frame, signals: Signals) -> Verdict:
    led = phrase.cue in ("before", "until")
    if rule.name == "daily":
        return Verdict(led or bool(phrase.cue == "at" and signals.before(phrase.start, "done")), "daily", 0.92)
    if signals.before(phrase.start, "law", words=25) and not signals.before(phrase.start, "done", words=8):
        return Verdict(False, "law")
    if led:
        return Verdict(True, f"recurring-{rule.name}", 0.85 if rule.name.endswith("context") else 0.96)
    span = rule.rrules[0].startswith("FREQ=MONTHLY") and phrase.cue == "from"
    reported = signals.before(phrase.start, "done", words=15) or signals.after(phrase.end, "done", words=8)
    met = signals.before(phrase.start, "meeting", words=10)
    return Verdict(bool((reported and not met) or (span and not met) or frame.label), f"recurring-{rule.name}", 0.85)


def _label(text: str, phrase: Phrase, frame: Frame) -> str:
    """The words that say what a date is for, where it stands in the list after their colon."""
    match = next(iter([*_LABEL.finditer(fold(text[: phrase.start]))][-1:]), None)
    if match and ". " not in match["filled"] and len(match["filled"]) < 90:
        return match.group()[: match.start("filled") - match.start()]
    return frame.label if phrase.start < 80 or phrase.cue != "none" else ""


def _labelled(label: str, phrase: Phrase, frame: Frame) -> Verdict:
    """`Thời gian hoàn thành: quý IV/2026`; a bare `Thời gian:` is a limit in plans and invitations only."""
    if phrase.cue == "from":
        met = frame.invitation and phrase.timed
        return Verdict(met, "invitation" if met else "start-alone", 0.85)
    if re.search(r"\bcu\b|da |bao hanh|hop dong", label):
        return Verdict(False, "label-of-the-past")
    if _TASK_LABEL.search(label) or phrase.cue == "before":
        return Verdict(True, "labelled", 0.94)
    if frame.plans or frame.invitation:
        return Verdict(True, "time-of-activity", 0.93)
    return Verdict(False, "event")


def _dated(phrase: Phrase, core: Moment, text: str, frame: Frame, signals: Signals) -> Verdict:
    match phrase.cue:
        case "before":
            return _before(phrase, signals)
        case "until":
            return _until(phrase, text, frame, signals)
        case "within":
            return _within(phrase, core, frame, signals)
        case "range":
            return _range(phrase, core, frame, signals)
        case "done":
            aside = _in_brackets(text, phrase.start) or signals.before(phrase.start, "data", words=1)
            return Verdict(not aside, "completion", 0.88)
        case "from":
            return Verdict(False, "start-alone")
    return _plain(phrase, core, frame, signals)


def _before(phrase: Phrase, signals: Signals) -> Verdict:
    if signals.before(phrase.start, "data", "attribute", words=0):
        return Verdict(False, "attribute")
    return Verdict(True, "before", 0.97)


def _until(phrase: Phrase, text: str, frame: Frame, signals: Signals) -> Verdict:
    if signals.before(phrase.start, "data", words=5) or signals.before(phrase.start, "standing", "term", words=10):
        return Verdict(False, "data-or-event")
    if phrase.first is None and _UNTIL_SURE.search(fold(text[phrase.start : phrase.end])):
        return Verdict(True, "until", 0.93)
    near = signals.before(phrase.start, "complete", "label", words=30) or signals.after(phrase.end, "complete", words=12)
    return Verdict(bool(near) and not frame.targets, "until-completion", 0.8)


def _within(phrase: Phrase, core: Moment, frame: Frame, signals: Signals) -> Verdict:
    if signals.before(phrase.start, "data", words=3) or signals.before(phrase.start, "standing", words=10):
        return Verdict(False, "data-or-event")
    done = signals.before(phrase.start, "done")
    if core.kind in ("year", "half"):
        near = signals.before(phrase.start, "complete", words=25)
        return Verdict(bool(near) and not frame.targets, "within-year", 0.78)
    ordered = done or signals.before(phrase.start, "order") or signals.after(phrase.end, "order", "done", words=8)
    return Verdict(bool(ordered), "within", 0.93 if core.kind == "day" or core.year else 0.85)


def _range(phrase: Phrase, core: Moment, frame: Frame, signals: Signals) -> Verdict:
    if core.kind == "year":
        return Verdict(False, "years")
    begun = phrase.first.last_day(frame.year) if phrase.first else None
    stage = frame.plans and _STAGE.match(signals.text, phrase.end)
    if (_in_brackets(signals.text, phrase.start) and not stage) or (begun and frame.floor and (frame.floor - begun).days > _BEGUN):
        return Verdict(False, "aside")
    standing = signals.before(phrase.start, "standing", "term", words=12)
    apart = standing and "," in signals.text[standing.end : phrase.start]
    if (signals.before(phrase.start, "data", words=8) and not stage) or (standing and not apart):
        return Verdict(False, "data-or-event")
    ordered = signals.before(phrase.start, "order", "done") or signals.after(phrase.end, "order", "done", words=6)
    return Verdict(bool(ordered or frame.plans), "range", 0.9)


def _in_brackets(text: str, at: int) -> bool:
    """Inside round brackets: something is told of the words before, not ordered."""
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def _plain(phrase: Phrase, core: Moment, frame: Frame, signals: Signals) -> Verdict:
    """A date without words of a limit: the time of a meeting one is invited to, or of an activity that a plan sets."""
    if frame.invitation and core.kind == "day":
        called = signals.before(phrase.start, "invite", clause=False) or signals.after(phrase.end, "invite")
        if phrase.timed or phrase.cue == "at" or called:
            return Verdict(True, "invitation", 0.9 if phrase.timed else 0.8)
    if phrase.cue == "at" and core.kind in ("month", "quarter"):
        return _within(phrase, core, frame, signals)
    if frame.plans and _HEADS_ITEM.match(signals.text, phrase.end) and not signals.text[: phrase.start].strip(" -+*•"):
        return Verdict(True, "heads-an-activity", 0.85)
    if phrase.cue == "at":
        reported = signals.before(phrase.start, "done", words=12) and not signals.before(phrase.start, "meeting", words=8)
        planned = frame.plans and signals.before(phrase.start, "order", "meeting")
        return Verdict(bool(reported or planned), "at", 0.8)
    return Verdict(False, "no-cue")
