"""`vanthu import`: the office's old book, shown first, then carried in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanthu.cli.app import App, ExistingFile, warn
from vanthu.cli.changing import who
from vanthu.cli.shown import short
from vanthu.errors import WrongUse
from vanthu.messages import say

if TYPE_CHECKING:
    from vanthu.register.moving_in import Plan

_MOST = 30
"""Unclear rows that are told one by one."""


@click.command("import", help=say("help.import"))
@click.argument("file", metavar="FILE.xlsx|csv", type=ExistingFile())
@click.option("--dry-run", is_flag=True, help=say("help.dry_run"))
@click.option("--year", type=click.IntRange(1945, 2200), help=say("help.year"))
@click.pass_obj
def import_(app: App, file: Path, dry_run: bool, year: int | None) -> None:
    """Entries from an old book."""
    from vanthu.register import moving_in

    if app.secret:
        raise WrongUse("import.no_mat")
    base = app.register.base
    made = moving_in.plan(base, file, year) if dry_run else moving_in.move_in(base, file, year, who=who())
    tell(made)
    warn(say("import.nothing_written") if dry_run else say("import.done", count=len(made.new)))


def tell(made: "Plan") -> None:
    """What was taken for what, and what would become of each row."""
    for sheet, heading, column in made.columns:
        taken = say(f"import.column.{column}") if column else say("import.left")
        click.echo(f"{sheet}: «{short(heading, 40)}» → {taken}")
    click.echo(say("import.counts", new=len(made.new), there=made.there, unclear=len(made.unclear)))
    for unclear in made.unclear[:_MOST]:
        click.echo(say("import.row", sheet=unclear.sheet, row=unclear.row, why=unclear.why))
    if len(made.unclear) > _MOST:
        click.echo(say("import.more", count=len(made.unclear) - _MOST))
    for year, first, last in made.gaps[:_MOST]:
        click.echo(say("import.gap", year=year, numbers=str(first) if first == last else f"{first}–{last}"))
