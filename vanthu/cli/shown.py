"""How an entry, a record, an item is shown to a person: short lines, dates as clerks write them."""

from collections.abc import Collection, Iterable
from typing import Any

from vanthu.messages import event, field, note, reason, say
from vanthu.said import day, limit, pages

WIDTH = 20
LOOK = "?"
"""Mark of a value that needs a look."""


def short(text: str | None, width: int = 90) -> str:
    """The beginning of a long text, on one line."""
    line = " ".join((text or "").split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def row(key: str, value: str, look: bool = False) -> str:
    """One labelled value."""
    return f"{field(key) + (f' {LOOK}' if look else ''):<{WIDTH}} {value}".rstrip()


def record_lines(record: dict[str, Any], looks: Collection[str] = ()) -> Iterable[str]:
    """The record as a clerk would read it out; fields the document does not have are left out, `looks` and what is unsure bear a mark."""
    looks = {*looks, *_looks(record)}
    for name in ("doc_type", "code", "issued_on", "place", "parent", "issuer", "subject", "urgency", "secrecy", "archive"):
        value = record[name]
        if value or name in looks:
            yield row(name, (day(value) if name == "issued_on" else value) or say("cli.unreadable"), name in looks)
    for name in ("addressees", "recipients", "replies_to"):
        yield from _listed(name, record[name], looks)
    if signer := record["signer"]:
        yield row(
            "signer", ", ".join(part for part in (signer["authority"], signer["position"], signer["name"]) if part), "signer" in looks
        )
    if stamp := record["received_stamp"]:
        yield row("received_stamp", f"{stamp['number'] or LOOK}, {day(stamp['date']) or LOOK}", "received_stamp" in looks)
    if period := record.get("period"):
        yield row("period", period_line(period), "period" in looks)
    for name in ("difficulties", "recommendations"):
        yield from _listed(name, [short(text) for text in record.get(name) or ()], looks)
    yield from _listed("references", [reference_line(reference) for reference in record["references"]], looks)
    yield from _listed("deadlines", [deadline_line(deadline) for deadline in record["deadlines"]], looks)
    yield from _listed("tasks", [task_line(task) for task in record["tasks"]], looks)


def _looks(record: dict[str, Any]) -> set[str]:
    """Fields and items (`tasks.2`) that are unsure."""
    found = record.get("_found", {})
    single = {name for name, evidence in found.items() if isinstance(evidence, dict) and evidence.get("needs_look")}
    lists = {name: evidence for name, evidence in found.items() if isinstance(evidence, list)}
    return single | {f"{name}.{n}" for name, evidence in lists.items() for n, one in enumerate(evidence) if one and one.get("needs_look")}


def _listed(name: str, values: list[str], looks: Collection[str] = ()) -> Iterable[str]:
    for number, value in enumerate(values):
        shown = f"{value} {LOOK}" if f"{name}.{number}" in looks else value
        yield row(name, shown) if number == 0 else " " * (WIDTH + 1) + shown


def reference_line(reference: dict[str, Any]) -> str:
    """`công văn 286/UBND-KGVX, 01/02/2024, Ủy ban …`."""
    first = " ".join(part for part in (reference["doc_type"], reference["code"]) if part)
    return ", ".join(part for part in (first, day(reference["issued_on"]), reference["issuer"]) if part)


def deadline_line(deadline: dict[str, Any]) -> str:
    """The phrase and what it means."""
    return f"«{deadline['text']}» → {limit(deadline)}"


def period_line(period: dict[str, Any]) -> str:
    """`6 tháng đầu năm 2026: 15/12/2025 – 14/6/2026`."""
    return f"«{period['text']}»: {day(period['start'])} – {day(period['end'])}"


def task_line(task: dict[str, Any]) -> str:
    """Number, text, who."""
    who = f" [{short('; '.join(task['lead']), 60)}]" if task["lead"] else ""
    return f"{task['ordinal'] or '–'}: {short(task['text'], 70)}{who}"


def item_line(item: dict[str, Any]) -> str:
    """One follow-up item: its id, due date, state, text, and who does it: the unit it was given to, else those the document charges."""
    due = day(item["due_on"]) or say("cli.no_date")
    flags = [say(f"state.{item['state']}")] + ([say("cli.late")] if item["late"] else []) + ([say("cli.ours")] if item["ours"] else [])
    who = item["unit"] or "; ".join(item["lead"])
    return f"#{item['id']:<4} {due:<12} {', '.join(flags):<24} {short(item['text'], 70)}{f' [{short(who, 60)}]' if who else ''}"


def entry_line(line: dict[str, Any]) -> str:
    """One hit of a search: số đến, code, date, issuer, subject; the passage under it."""
    head = "  ".join(part for part in (f"{line['number']:>9}", line["code"] or LOOK, day(line["issued_on"]), line["issuer"] or "") if part)
    return "\n".join(
        part for part in (head, f"           {short(line['subject'], 100)}", f"           {line['passage'] or ''}") if part.strip()
    )


def note_line(found: dict[str, Any]) -> str:
    """What the reading lacks, and on which page."""
    return say("note.on_page", page=found["page"], note=note(found["note"])) if found["page"] else note(found["note"])


def file_line(file: dict[str, Any]) -> str:
    """Its name, where it is kept, and why it has no text."""
    unread = f" ({reason(file['unread'])})" if file["unread"] and file["role"] == "attached" else ""
    if file["pages"]:
        return say("show.own_pages", name=file["name"], pages=pages(file["pages"]), kept=file["kept"])
    return f"{file['name']} → {file['kept']}{unread}"


def other_line(other: dict[str, Any]) -> str:
    """Another document in the file of an entry."""
    return say("show.other", number=other["number"], id=other["id"], code=other["code"] or "–", pages=pages(other["pages"] or ()))


def proposal_line(proposal: dict[str, Any], entry_id: int) -> str:
    """Where an entry may be two documents, why, and what to type."""
    return say("show.proposal", page=proposal["page"], why=say(proposal["rule"]), id=entry_id)


def signature_line(signature: dict[str, Any]) -> str:
    """Who signed, when, and whether the file is still what was signed."""
    if signature["error"]:
        verdict = say("cli.signed_unknown", error=signature["error"])
    elif signature["altered"]:
        verdict = say("cli.signed_altered")
    else:
        verdict = say("cli.signed_well" if signature["whole"] else "cli.signed_partly")
    at = signature["signed_at"]
    when = f"{day(at)} {at[11:16]}" if at else say("cli.signed_no_date")
    signer = ", ".join(name for name in (signature["signer"], signature["organisation"]) if name) or "–"
    return say("cli.signed", signer=signer, when=when, verdict=verdict)


def entry_lines(shown: dict[str, Any]) -> Iterable[str]:
    """One entry with all that belongs to it."""
    void = f" – {say('cli.voided')}: {shown['void_reason']}" if shown["state"] == "void" else ""
    yield row("number", f"{shown['number']} (id {shown['id']}){void}")
    yield row("received_on", day(shown["received_on"]))
    if shown["record"]:
        yield from record_lines(shown["record"], shown["looks"])
    for name, values in shown["links"].items():
        yield from _listed(name, [str(value) for value in values])
    if shown["probable_duplicates"]:
        yield row("probable_duplicates", ", ".join(f"id {known}" for known in shown["probable_duplicates"]))
    yield from _listed("notes", [note_line(note) for note in shown["notes"]])
    yield from _listed("files", [file_line(file) for file in shown["files"]])
    yield from _listed("batch", [other_line(other) for other in shown["batch"]])
    yield from _listed("proposals", [proposal_line(proposal, shown["id"]) for proposal in shown["proposals"]])
    yield from _listed("signatures", [signature_line(signature) for file in shown["files"] for signature in file["signatures"]])
    yield from _listed("follow_ups", [item_line(item) for item in shown["follow_ups"]])
    yield from _listed("corrections", [f"{c['field']} = {c['value']} ({c['who']}, {c['at'][:16]})" for c in shown["corrections"]])
    yield from _listed("event", [event_line(one) for one in shown["history"]])
    yield from look_lines(shown)


def event_line(one: dict[str, Any]) -> str:
    """Who did what when, and to which field."""
    changed = f": {_called(one['detail']['field'])}" if one["detail"].get("field") else ""
    return f"{day(one['at'])} {one['at'][11:16]} {one['who']}: {event(one['what'])}{changed}"


def _called(key: str) -> str:
    """A field in words and as it is typed: `Số, ký hiệu (code)`."""
    return f"{field(key.partition('.')[0])} ({key})"


def look_lines(shown: dict[str, Any]) -> Iterable[str]:
    """What a person should look at, and what to type then; nothing where all is sure."""
    if looks := shown["looks"]:
        named = ", ".join(_called(look) for look in looks)
        yield row("looks", say("cli.how_to_correct", fields=named, number=shown["number"], field=looks[0]))
