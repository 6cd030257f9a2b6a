"""Có phải thời hạn không: whether a time expression is a limit that this document sets, and how sure that is.

Most dates of a dispatch are none: its own, those of cited documents, of past events, of data, of meetings, of taking effect,
of earlier dispatches.
"""

import re

from extractors._dates import Moment
from extractors._frame import Frame, Verdict
from extractors._judge_dates import in_brackets, judge_date
from extractors._limits import Phrase
from extractors._periods import Period
from extractors._recurrence import Rule
from extractors._signals import Signals
from extractors._told import told
from models.text import fold

REPORTS = frozenset({"báo cáo", "thông cáo", "giấy giới thiệu", "giấy ủy quyền", "phiếu báo", "giấy chứng nhận", "thư công"})
_REQUESTS = frozenset({"tờ trình", "phiếu trình"})
_LABEL = re.compile(
    r"\b(?:thoi gian|thoi han|tien do|han(?: cuoi| chot| nop| gui| hoan thanh| bao cao)?|moc|lich)\b"
    r"(?P<what>[^:;.]{0,45}):\s*(?P<filled>.*)$",
    re.DOTALL,
)
_TASK_LABEL = re.compile(
    r"thoi han|tien do|\bhan\b|hoan thanh|thuc hien|trien khai|nop|gui"
    r"|bao cao|tra loi|\bnhan|dang ky|xong|niem yet|lay y kien|gop y|phuc khao|khac phuc|thanh toan"
)
_BY_LAW = re.compile(r"\W*theo (?:quy dinh (?:tai |cua )?)?(?:khoan|dieu|diem|luat|bo luat|nghi dinh|thong tu)\b")
_HOURS = re.compile(r"\btu \d{1,2}\s?(?:gio|h|g)[\d\s]{0,4}(?:phut )?$")
"""`từ 7 giờ` before `đến 20 giờ hằng ngày`."""
_OF_THIS = re.compile(r" nay\b|nhan duoc$|ngay ky$")


def judge(text: str, phrase: Phrase, frame: Frame, signals: Signals) -> Verdict:
    """Is `phrase` in the sentence `text` a limit of this document?"""
    if excluded := _excluded(text, phrase, frame, signals):
        return Verdict(False, excluded)
    if isinstance(phrase.core, Period):
        return _period(text, phrase.core, phrase, frame, signals)
    if isinstance(phrase.core, Rule):
        return _recurring(phrase.core, phrase, frame, signals)
    label = _label(text, phrase, frame)
    if label:
        return _labelled(label, phrase, frame)
    return judge_date(phrase, phrase.core, text, frame, signals)


def _excluded(text: str, phrase: Phrase, frame: Frame, signals: Signals) -> str | None:
    if frame.doc_type in REPORTS:
        return "report"
    due = phrase.due_on(frame.year_of(phrase))
    if isinstance(phrase.core, Moment) and (due is None or (frame.floor and due < frame.floor)):
        return "past" if due else "no-such-day"
    if frame.doc_type in _REQUESTS and not (phrase.cue == "before" and signals.before(phrase.start, "charge")):
        return "proposal"
    if phrase.cue == "vague" or (phrase.cue == "none" and isinstance(phrase.core, Moment) and phrase.core.form == "year_alone"):
        return "vague"
    if told(text, phrase.start, signals):
        return "told-of-another-dispatch"
    if signals.before(phrase.start, "effect", words=8) and not signals.before(phrase.start, "done", words=3):
        return "effect"
    return None


def _period(text: str, period: Period, phrase: Phrase, frame: Frame, signals: Signals) -> Verdict:
    if period.backwards:
        return Verdict(False, "counted-back")
    of_this = bool(_OF_THIS.search(fold(signals.text[phrase.start : phrase.end])))
    if of_this and period.cued:
        return Verdict(True, "period", 0.96)
    if signals.before(phrase.start, "term", words=6) and not signals.before(phrase.start, "done", words=6):
        return Verdict(False, "term")
    if _BY_LAW.match(fold(text)) and not of_this:
        return Verdict(False, "law")
    restated = frame.law or signals.before(phrase.start, "law", clause=False)
    ordered_too = signals.before(phrase.start, "done", "charge", words=12) and not in_brackets(text, phrase.start)
    if restated and not of_this and not ordered_too:
        return Verdict(False, "law")
    if period.cued:
        return Verdict(True, "period", 0.95)
    ordered = signals.before(phrase.start, "order", "done")
    return Verdict(bool(ordered), "period-from-event", 0.8)


def _recurring(rule: Rule, phrase: Phrase, frame: Frame, signals: Signals) -> Verdict:
    led = phrase.cue in ("before", "until")
    if phrase.cue not in ("before", "at") and signals.before(phrase.start, "data", words=8):
        return Verdict(False, "data-or-event")
    if rule.name.startswith("daily"):
        if phrase.cue == "until" and _HOURS.search(fold(signals.text[: phrase.start])):
            return Verdict(False, "hours-of-work")
        return Verdict(
            led or rule.name == "daily-before" or bool(phrase.cue == "at" and signals.before(phrase.start, "done")), "daily", 0.92
        )
    if signals.before(phrase.start, "law", words=25) and not signals.before(phrase.start, "done", words=8):
        return Verdict(False, "law")
    if led:
        return Verdict(True, f"recurring-{rule.name}", 0.85 if rule.name.endswith("context") else 0.96)
    span = rule.rrules[0].startswith("FREQ=MONTHLY") and phrase.cue == "from"
    reported = signals.before(phrase.start, "done", words=25) or signals.after(phrase.end, "done", words=8)
    met = signals.before(phrase.start, "meeting", words=10)
    if phrase.cue == "within" and (reported or signals.after(phrase.end, "order", words=10)) and not met:
        return Verdict(True, f"recurring-{rule.name}", 0.85)
    weekly = rule.name == "weekly" and signals.before(phrase.start, "order", words=12)
    activity = phrase.cue == "at" and (frame.plans if met else weekly)
    return Verdict(bool((reported and not met) or (span and not met) or frame.label or activity), f"recurring-{rule.name}", 0.85)


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
    if phrase.cue == "range" and isinstance(phrase.core, Moment) and phrase.core.kind == "year" and not frame.plans:
        return Verdict(False, "years")  # the years over which a project runs
    if _TASK_LABEL.search(label) or phrase.cue == "before":
        return Verdict(True, "labelled", 0.94)
    if frame.plans or frame.invitation:
        return Verdict(True, "time-of-activity", 0.93)
    return Verdict(False, "event")
