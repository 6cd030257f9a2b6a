"""Why a value is what it is: explain."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanthu.cli.app import AS_JSON, PASSWORD, App, print_json, progress
from vanthu.cli.files import first_document, read_file
from vanthu.cli.shown import deadline_line, period_line, reference_line, row, short, task_line
from vanthu.messages import say, sentences

if TYPE_CHECKING:
    from models.context import Context
    from models.document import Document

_ENTRY = re.compile(r"(?:\w+:)?\d+(?:/\d+)?")
_WIDE = 100
_SAID: dict[str, Callable[[Any], str]] = {
    "deadlines": deadline_line,
    "references": reference_line,
    "tasks": task_line,
    "period": period_line,
}


@click.command(help=say("help.explain"))
@click.argument("source", metavar="FILE|ID")
@click.argument("field", metavar="FIELD")
@AS_JSON
@PASSWORD
@click.pass_obj
def explain(app: App, source: str, field: str, as_json: bool, password: str | None) -> None:
    """What an extractor considered, kept and excluded."""
    from vanthu.exports import explained
    from vanthu.register import values

    head, *rest = values.parse_path(field)
    document, context, corrections = _source(app, source, password)
    found = explained.explain(document, context, str(head))
    if rest and isinstance(rest[0], int):
        if rest[0] >= len(found["taken"]):
            raise values.BadValue("register.no_place", field=field)
        found["taken"] = [found["taken"][rest[0]]]
    found["corrections"] = [known for known in corrections if known["field"].split(".")[0] == head]
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(_lines(found)))


def _source(app: App, source: str, password: str | None) -> "tuple[Document, Context, list[dict[str, Any]]]":
    """(document, what is known beside it, what people corrected): of a file that lies there, else of the original of an entry."""
    path = Path(source)
    if path.is_file():
        return *first_document(app, path, read_file(path, password), password), []
    if not _ENTRY.fullmatch(source):
        raise click.BadParameter(say("cli.no_such_file", path=path), param_hint="FILE|ID")
    from vanthu.pipeline import again

    entry_id = app.register.resolve(source)
    with progress(source) as move:
        paper, known = again.paper(app.place, entry_id, move, password)
    return paper.document, known, app.register.show(entry_id)["corrections"]


def _lines(found: dict[str, Any]) -> Iterable[str]:
    yield say("explain.field", field=found["field"])
    if found["failed"]:
        yield say("explain.failed", error=found["failed"])
    if not found["taken"]:
        yield say("explain.nothing")
    for one in found["taken"]:
        yield from _value("✓", found["field"], one)
    for one in found["passed_over"]:
        yield from _value("–", found["field"], one)
    for one in found["excluded"]:
        yield f"✗ {one['rule']}{_where(one)}: {_why(one['rule'])}"
        yield f"    «{short(one['text'], _WIDE)}»"
    if not found["taken"] or any(one["needs_look"] for one in found["taken"]):
        for part, lines in found["zones"].items():
            yield from (f"{say(f'zone.{part}')}: «{short(line, _WIDE)}»" for line in lines)
    for known in found["corrections"]:
        yield row("corrections", f"{known['field']} = {known['value']} ({known['who']}, {known['at'][:16]})")
    known = [f"{name} = {short(value, 40)}" if isinstance(value, str) else name for name, value in found["needs"].items()]
    yield say("explain.needs", names=", ".join(known))


def _value(mark: str, field: str, one: dict[str, Any]) -> Iterable[str]:
    value = say("cli.unreadable") if one["value"] is None else short(_said(field, one["value"]), _WIDE)
    yield f"{mark} {one['rule']}  {one['confidence']:.2f}{_where(one)}: {value}"
    if one["text"]:
        read = one.get("read")
        sure = f"  {say('explain.read', worst=read['worst'], mean=read['mean'])}" if read else ""
        yield f"    «{short(one['text'], _WIDE)}»{sure}"
    if one.get("candidates"):
        yield f"    {say('explain.candidates', values=', '.join(one['candidates']))}"


def _said(field: str, value: Any) -> str:
    if field not in _SAID and isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return _SAID.get(field, str)(value)


def _where(one: dict[str, Any]) -> str:
    return f"  {say('explain.place', page=one['page'], box=one['box'])}" if one["page"] and one["box"] else ""


def _why(rule: str) -> str:
    key = f"why.{rule.partition('.')[2]}"
    return say(key) if key in sentences() else say("why.conditions")
