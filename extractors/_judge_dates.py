"""Ngày tháng có phải thời hạn không: dates and parts of years by the words that lead to them (`trước`, `đến hết`, `trong`, `từ … đến`)."""

import re

from extractors._dates import Moment
from extractors._frame import Frame, Verdict
from extractors._limits import Phrase
from extractors._signals import Signals
from models.text import fold

_UNTIL_SURE = re.compile(r"\b(?:het|tu nay|tu gio|ke tu nay|gia han|keo dai|lui)\b")
_STAGE = re.compile(r"\)\s*:")
_DRIVE = re.compile(r"(?:cao điểm|đợt|chiến dịch|tháng hành động|tuần lễ)[^(;]{0,60}\($", re.IGNORECASE)
_STAGE_DAY = re.compile(
    r"(?:^|[;,(:] ?)(?:vong )?(?:chung ket|chung khao|so khao|ban ket|khai mac|be mac|tong ket|so ket|trao giai)(?: [^,;]{0,30})? ?$"
)
_PLANNED = re.compile(r"\bdu kien(?: vao)? ?$")
_HEADS_ITEM = re.compile(r"\s*(?:\([^)]{0,30}\))?\s*:")
_BEGUN = 31
"""Days: a range that began longer ago is one of data or of a rule, not of work still to be ordered."""


def judge_date(phrase: Phrase, core: Moment, text: str, frame: Frame, signals: Signals) -> Verdict:
    """Is a date, or a part of a year, that is neither labelled nor recurring a limit? By the words that lead to it."""
    if not frame.plans and phrase.cue in ("at", "none", "within", "range", "from") and _means_to(signals, phrase):
        return Verdict(False, "the-writer-means-to")
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
            aside = in_brackets(text, phrase.start) or signals.before(phrase.start, "data", words=1)
            return Verdict(not aside, "completion", 0.88)
        case "from":
            return Verdict(False, "start-alone")
    return _plain(phrase, core, frame, signals)


def _means_to(signals: Signals, phrase: Phrase) -> bool:
    """`Phiên họp dự kiến mở vào ngày …`: what the writer means to do, but for `dự kiến hoàn thành`."""
    standing = signals.before(phrase.start, "standing", words=10)
    if not standing or fold(signals.text[standing.start : standing.end]) != "du kien":
        return False
    return not signals.before(phrase.start, "complete", words=9)


def _before(phrase: Phrase, signals: Signals) -> Verdict:
    if signals.before(phrase.start, "data", "attribute", words=0):
        return Verdict(False, "attribute")
    return Verdict(True, "before", 0.97)


def _until(phrase: Phrase, text: str, frame: Frame, signals: Signals) -> Verdict:
    data = signals.before(phrase.start, "data", words=5)
    if (data and not (frame.plans and signals.text[data.start : data.end].lower() == "đã")) or signals.before(
        phrase.start, "standing", "term", words=10
    ):
        return Verdict(False, "data-or-event")
    if signals.after(phrase.end, "happened", words=7) and not signals.before(phrase.start, "charge"):
        return Verdict(False, "told-of-the-past")
    if phrase.first is None and _UNTIL_SURE.search(fold(text[phrase.start : phrase.end])):
        return Verdict(True, "until", 0.93)
    near = signals.before(phrase.start, "complete", "label", words=30) or signals.after(phrase.end, "complete", words=12)
    return Verdict(bool(near) and not frame.targets, "until-completion", 0.8)


def _within(phrase: Phrase, core: Moment, frame: Frame, signals: Signals) -> Verdict:
    standing = signals.before(phrase.start, "standing", words=10)
    if signals.before(phrase.start, "data", words=3) or (standing and not (frame.plans and standing.end >= phrase.start - 2)):
        return Verdict(False, "data-or-event")
    done = signals.before(phrase.start, "done")
    if core.kind in ("year", "half"):
        near = signals.before(phrase.start, "complete", words=25) or (
            signals.before(phrase.start, "charge") and _to_somebody(signals, phrase)
        )
        return Verdict(bool(near) and not frame.targets, "within-year", 0.78)
    ordered = done or signals.before(phrase.start, "order") or signals.after(phrase.end, "order", "done", words=8)
    return Verdict(bool(ordered), "within", 0.93 if core.kind == "day" or core.year else 0.85)


def _to_somebody(signals: Signals, phrase: Phrase) -> bool:
    """`báo cáo UBND tỉnh trong năm 2026`: a report to somebody, not one on the year."""
    done = signals.before(phrase.start, "done", words=5)
    return bool(done and re.match(r"\s+[A-ZĐ]", signals.text[done.end :]))


def _range(phrase: Phrase, core: Moment, frame: Frame, signals: Signals) -> Verdict:
    if core.kind == "year":
        return Verdict(False, "years")
    begun = phrase.first.last_day(frame.year) if phrase.first else None
    stage = (frame.plans and _STAGE.match(signals.text, phrase.end)) or _DRIVE.search(signals.text[: phrase.start])
    if (in_brackets(signals.text, phrase.start) and not stage) or (begun and frame.floor and (frame.floor - begun).days > _BEGUN):
        return Verdict(False, "aside")
    if signals.after(phrase.end, "happened", words=7) and not signals.before(phrase.start, "charge"):
        return Verdict(False, "told-of-the-past")
    standing = signals.before(phrase.start, "standing", "term", words=12)
    apart = standing and "," in signals.text[standing.end : phrase.start]
    if (signals.before(phrase.start, "data", words=8) and not stage) or (standing and not apart):
        return Verdict(False, "data-or-event")
    ordered = signals.before(phrase.start, "order", "done") or signals.after(phrase.end, "order", "done", words=6)
    return Verdict(bool(ordered or frame.plans), "range", 0.9)


def in_brackets(text: str, at: int) -> bool:
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
    before = fold(signals.text[: phrase.start])
    if frame.plans and core.kind in ("day", "month") and (_STAGE_DAY.search(before) or _PLANNED.search(before)):
        return Verdict(True, "stage-of-a-plan", 0.82)
    if phrase.cue == "at":
        reported = signals.before(phrase.start, "done", words=12) and not signals.before(phrase.start, "meeting", words=8)
        planned = frame.plans and signals.before(phrase.start, "order", "meeting")
        return Verdict(bool(reported or planned), "at", 0.8)
    return Verdict(False, "no-cue")
