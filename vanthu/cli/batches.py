"""Commands on a stack that was scanned into one file: split, join."""

import click

from vanthu.cli.app import ID, App, warn
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
