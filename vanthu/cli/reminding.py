"""`vanthu remind`: the letter to those who have not reported."""

from pathlib import Path

import click

from vanthu.cli.app import ID, App, warn
from vanthu.errors import WrongUse
from vanthu.messages import say
from vanthu.register.values import parse_date


@click.command(help=say("help.remind"))
@ID
@click.argument("out", metavar="OUT.docx", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--by", metavar="DATE", help=say("help.remind_by"))
@click.option("--all", "every", is_flag=True, help=say("help.remind_all"))
@click.pass_obj
def remind(app: App, entry_id: str, out: Path, by: str | None, every: bool) -> None:
    """Công văn đôn đốc, as a draft."""
    from vanthu.exports import reminder

    if out.suffix.lower() != ".docx":
        raise WrongUse("export.suffix", path=out, known=".docx")
    known = app.register.resolve(entry_id)
    matrix = app.register.matters.matrix(known)
    record = app.register.show(known)["record"]
    owed = reminder.missing(matrix, late_only=not every)
    with app.place.private():
        reminder.write(
            out,
            office=app.settings.office,
            letterhead=app.settings.letterhead,
            dispatch=record,
            owed=owed,
            today=app.settings.today,
            reply_by=parse_date(by) if by else None,
        )
    warn(say("remind.written", path=out, count=len({one.unit for one in owed})))
    if matrix["unknown"]:
        warn(say("remind.unknown", names="; ".join(matrix["unknown"])))
