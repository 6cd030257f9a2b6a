"""How matters are shown to a person: an item with its history, answers and their evidence, threads, the matrix of reports."""

from collections.abc import Iterable
from typing import Any

from vanthu.cli.shown import LOOK, item_line, row, short
from vanthu.messages import event as words_of
from vanthu.messages import say
from vanthu.said import day

Row = dict[str, Any]


def item_lines(item: Row) -> Iterable[str]:
    """One item and all that happened to it."""
    yield item_line(item)
    if item["reason"]:
        yield row("due_reason", item["reason"])
    if item["internal_on"] and item["internal_on"] != item["due_on"]:
        yield row("internal_on", day(item["internal_on"]))
    if item["period"]:
        yield row("period", item["period"])
    yield row("document", f"{item['code'] or LOOK} (id {item['document']})")
    for step in item["extensions"]:
        until = day(step["until"]) or say("cli.as_printed")
        yield row("extension", f"{day(step['was']) or '–'} → {until}: {step['reason']} ({step['who']}, {day(step['at'])})")
    for one in item["instructions"]:
        unit = f" → {one['unit']}" if one["unit"] else ""
        until = f", {say('cli.by_day', day=day(one['due_on']))}" if one["due_on"] else ""
        yield row("instruction", f"{one['leader'] or one['who']}: {one['text']}{unit}{until}")
    for one in item["handovers"]:
        signed = f"{one['received_by']} {day(one['received_at'])}" if one["received_at"] else say("cli.not_signed")
        yield row("handover", f"{day(one['handed_on'])} {one['unit']} ({signed})")
    for event in item["history"]:
        yield row("event", f"{event['at'][:16].replace('T', ' ')} {event['who']}: {say_event(event)}")


def say_event(event: Row) -> str:
    """What happened, in words."""
    if event["what"] == "state":
        return " → ".join(say(f"state.{event['detail'][name]}") for name in ("was", "state"))
    return words_of(event["what"])


def proposal_lines(one: Row) -> Iterable[str]:
    """An answer, the item that it fulfils, and the evidence."""
    sure = f"{round(100 * one['confidence'])} %"
    answer = ", ".join(filter(None, (one["answer_code"] or LOOK, one["issuer"])))
    yield f"{one['id']:>4}  {say('closing.' + one['state'])} ({sure}): {answer} (id {one['answer']})"
    due = f", {day(one['due_on'])}" if one["due_on"] else ""
    yield f"      → #{one['item']} {short(one['text'], 80)} ({one['code'] or LOOK}{due})"
    yield f"      {'; '.join(evidence(part) for part in one['evidence'])}"


def evidence(part: Row) -> str:
    """One signal, in words."""
    return say(f"signal.{part['signal']}", value=part["value"] if part["value"] is not None else "")


def document_line(line: Row) -> str:
    """`221/UBND-NV, 06/3/2024, UBND …: subject`."""
    first = ", ".join(part for part in (line["code"] or LOOK, day(line["issued_on"]), line["issuer"] or "") if part)
    return f"{first}: {short(line['subject'], 100)}"


def thread_lines(line: Row) -> Iterable[str]:
    """One document of a matter, and what it does with the others."""
    mark = "→" if line["direction"] == "out" else "←"
    yield f"{day(line['issued_on'] or line['received_on']):<11} {mark} id {line['id']:<4} {document_line(line)}"
    said = [
        f"{say('relation.' + one['relation'])} {'#' + str(one['item']) + ' ' if 'item' in one else ''}(id {one['document']})"
        for one in line["relations"]
    ]
    if said:
        yield f"{'':<14}{'; '.join(said)}"


def related_line(line: Row) -> str:
    """A document that is near, and why."""
    return f"id {line['id']:<4} {document_line(line)}  [{say('relation.' + line['why'])}]"


def cited_line(line: Row) -> str:
    """A document that never came in, and who cites it."""
    head = " ".join(part for part in (line["doc_type"], line["code"]) if part)
    named = ", ".join(part for part in (head, day(line["issued_on"]), line["issuer"] or "") if part)
    return say("cli.cited_by", document=named, ids=", ".join(map(str, line["cited_by"])))


def matrix_lines(found: Row) -> Iterable[str]:
    """A row a unit, a cell a report."""
    for number, column in enumerate(found["items"], 1):
        yield f"({number}) {day(column['due_on']) or say('cli.no_date')}  {column['period'] or short(column['text'], 90)}"
    numbers = {column["item"]: number for number, column in enumerate(found["items"], 1)}
    for unit in found["units"]:
        cells = "  ".join(f"({numbers[cell['item']]}) {_cell(cell)}" for cell in unit["items"])
        yield f"{short(unit['unit'], 44):<45} {cells}"
    if found["unknown"]:
        yield say("cli.unknown_members", names="; ".join(found["unknown"]))


def _cell(cell: Row) -> str:
    if cell["received_on"]:
        return say(f"matrix.{cell['state']}", day=day(cell["received_on"]), code=cell["answer_code"] or LOOK)
    left = cell["days_left"]
    if left is None:
        return say("matrix.missing")
    return say("matrix.days_left", days=left) if left >= 0 else say("matrix.overdue", days=-left)
