"""Lịch hạn giải quyết as iCalendar (RFC 5545): for Outlook, Google Calendar and Thunderbird, as a file and as a feed."""

from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

from vanthu.messages import say
from vanthu.register import agenda
from vanthu.register.connection import Base

CONTENT_TYPE = "text/calendar; charset=utf-8"
"""What a feed is served as."""

_ALARMS = (timedelta(hours=-16), timedelta(hours=8))
"""At 8 in the morning of the day before, and of the day itself, reckoned from its midnight."""

_AGAIN = timedelta(hours=1)
_LONGEST = 110


def feed(base: Base, unit: str | None = None, *, ours: bool = False) -> bytes:
    """All due dates of a register, or those of a unit, or of our office; the same bytes while nothing changes.

    Each item is a whole-day event with a UID of its own; a change raises its SEQUENCE, so that importing the file again changes the
    event that is there. What is done bears no alarm; what was taken back is CANCELLED.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//vanthu//han giai quyet//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("calendar.name", unit=unit) if unit else say("calendar.all"))
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for told in agenda.events(base, unit, ours=ours):
        calendar.add_component(_event(told))
    return bytes(calendar.to_ical())


def _event(told: dict[str, Any]) -> Event:
    event = Event()
    due = date.fromisoformat(told["due_on"])
    changed = datetime.fromisoformat(told["changed_at"])
    event.add("uid", told["uid"])
    event.add("sequence", told["sequence"])
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if told["cancelled"] else "CONFIRMED")
    event.add("summary", _summary(told))
    if not told["cancelled"]:
        event.add("description", _description(told))
        event.add("categories", [say(f"state.{told['state']}")])
        for before in _ALARMS if told["state"] != "done" else ():
            event.add_component(_alarm(before, _summary(told)))
    return event


def _summary(told: dict[str, Any]) -> str:
    if told["cancelled"]:
        return say("calendar.cancelled")
    who = told["unit"] or "; ".join(told["lead"])
    text = " ".join(told["text"].split())
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    key = "calendar.done" if told["state"] == "done" else "calendar.due"
    return say(key, text=f"{who}: {short}" if who and not text.startswith(who) else short)


def _description(told: dict[str, Any]) -> str:
    head = say("calendar.document", number=told["number"], code=told["code"] or "–", issuer=told["issuer"] or "–")
    return "\n".join(part for part in (told["text"], head, told["subject"] or "") if part)


def _alarm(before: timedelta, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", summary)
    return alarm
