"""Commands on the pages of a file: split and join a stack, turn pages."""

import click

from vanthu.cli.app import ID, App, progress, warn
from vanthu.cli.changing import who
from vanthu.errors import WrongUse
from vanthu.messages import say


@click.command(help=say("help.split"))
@ID
@click.argument("pages", metavar="[PAGE...]", nargs=-1, type=int)
@click.option("--none", "none", is_flag=True, help=say("help.none"))
@click.pass_obj
def split(app: App, entry_id: str, pages: tuple[int, ...], none: bool) -> None:
    """An entry becomes several, or no split of it is proposed any more."""
    if none == bool(pages):
        raise WrongUse("cli.pages_or_none")
    known = app.register.resolve(entry_id)
    if none:
        app.register.refuse(known, who=who())
        warn(say("cli.not_split", id=known))
        return
    from vanthu.pipeline import again

    made = again.split(app.place, known, pages, who())
    shown = [f"{entry.number} (id {entry.id}) {entry.code or ''}".rstrip() for entry in made]
    warn(say("cli.split", entries="; ".join(shown)))


@click.command(help=say("help.join"))
@ID
@click.argument("other_id", metavar="ID")
@click.pass_obj
def join(app: App, entry_id: str, other_id: str) -> None:
    """Two entries of one file become the first of them."""
    from vanthu.pipeline import again

    known, other = app.register.resolve(entry_id), app.register.resolve(other_id)
    number = app.register.show(other)["number"]
    again.join(app.place, known, other, who())
    warn(say("cli.joined", id=known, other=other, number=number))


@click.command(help=say("help.turn"))
@ID
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=int)
@click.option("--by", metavar="90|180|270", type=click.Choice(["90", "180", "270"]), default="90", help=say("help.turn_by"))
@click.pass_obj
def turn(app: App, entry_id: str, pages: tuple[int, ...], by: str) -> None:
    """Pages stand another way up, and are read again so."""
    from vanthu.pipeline import again

    known = app.register.resolve(entry_id)
    with progress(f"id {known}") as move:
        lost = again.turn(app.place, known, dict.fromkeys(pages, int(by)), who(), move)
    for correction in lost:
        warn(say("cli.lost_correction", id=known, correction=correction))
    warn(say("cli.turned", id=known, pages=", ".join(map(str, pages)), by=by))
