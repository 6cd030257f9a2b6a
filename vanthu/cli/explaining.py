"""Why a value is what it is: explain."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanthu.cli.app import AS_JSON, PASSWORD, App, print_json, progress
from vanthu.cli.shown import deadline_line, period_line, reference_line, row, short, task_line
from vanthu.errors import WrongUse
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
    file, name, corrections = _file(app, source)
    document = _read(file, name, password)
    found = explained.explain(document, _context(app, file, name, password), str(head))
    if rest and isinstance(rest[0], int):
        if rest[0] >= len(found["taken"]):
            raise values.BadValue("register.no_place", field=field)
        found["taken"] = [found["taken"][rest[0]]]
    found["corrections"] = [known for known in corrections if known["field"].split(".")[0] == head]
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(_lines(found)))


def _file(app: App, source: str) -> tuple[Path, str, list[dict[str, Any]]]:
    """The file, its name as it came in, and what people corrected: a file that lies there, else the original of an entry."""
    path = Path(source)
    if path.is_file() or not _ENTRY.fullmatch(source):
        if not path.is_file():
            raise click.BadParameter(say("cli.no_such_file", path=path), param_hint="FILE|ID")
        return path, path.name, []
    register = app.register
    entry_id = register.resolve(source)
    shown = register.show(entry_id)
    main = next((file for file in shown["files"] if file["role"] == "main"), None)
    if main is None:
        raise WrongUse("cli.no_original", id=entry_id)
    return register.file(main["id"]).path, main["name"], shown["corrections"]


def _read(file: Path, name: str, password: str | None) -> "Document":
    from vanthu import readers

    with progress(name) as move:
        return readers.read(file, password=password, progress=move)


def _context(app: App, file: Path, name: str, password: str | None) -> "Context":
    from vanthu.pipeline.steps import context
    from vanthu.readers import signatures

    signed: date | None = signatures.signed_on([signature.as_json() for signature in signatures.check(file, password)])
    return context(app.settings, name, signed)


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
