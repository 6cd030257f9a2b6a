"""Commands on what people corrected: cases, learnt."""

from pathlib import Path
from typing import Any

import click

from vanthu.cli.app import AS_JSON, App, print_json, progress, warn
from vanthu.cli.changing import who
from vanthu.cli.hinting import Hinting
from vanthu.errors import ExitCode
from vanthu.messages import say
from vanthu.said import day


@click.group(cls=Hinting, help=say("help.cases"))
def cases() -> None:
    """Corrections as cases of the rules."""


@cases.command(help=say("help.cases_export"))
@click.option("--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help=say("help.cases_out"))
@click.pass_obj
def export(app: App, out: Path | None) -> ExitCode:
    """Write the cases; nothing is sent."""
    from vanthu.pipeline.cases import export as write

    with progress(say("help.cases")) as move:
        written, unread = write(app.place, out or app.place.folder / "cases", move)
    for path, count in written.items():
        click.echo(say("cases.written", path=path, count=count))
    for entry_id in unread:
        warn(say("cases.unread", id=entry_id))
    warn(say("cases.look" if written else "cases.none"))
    return ExitCode.REJECTED if unread else ExitCode.DONE


@click.command(help=say("help.learnt"))
@click.option("--forget", "forgotten", metavar="N", type=int, help=say("help.forget"))
@AS_JSON
@click.pass_obj
def learnt(app: App, forgotten: int | None, as_json: bool) -> None:
    """What corrections taught of names; one of them is forgotten."""
    if forgotten is not None:
        app.register.forget_lesson(forgotten, who=who())
        warn(say("learnt.forgotten", id=forgotten))
        return
    lessons = app.register.lessons()
    if as_json:
        print_json(lessons)
        return
    if not lessons:
        warn(say("learnt.none"))
    for lesson in lessons:
        click.echo(_lesson_line(lesson))


def _lesson_line(lesson: dict[str, Any]) -> str:
    """Number, kind, name, of whom; from which entry, by whom, when."""
    of = ", ".join(part for part in (lesson["position"], lesson["issuer"], lesson["abbreviation"], lesson["parent"]) if part)
    learned = say("learnt.from", number=lesson["number"], who=lesson["who"], day=day(lesson["at"]))
    return f"#{lesson['id']:<4} {say('learnt.' + lesson['kind'])}: {lesson['name']}{f' ({of})' if of else ''}  – {learned}"
