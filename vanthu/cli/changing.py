"""Commands of a person who knows better: correct, undo, task, state, assign, void."""

import getpass
from typing import get_args

import click

from vanthu.cli.app import ID, App, warn
from vanthu.cli.shown import look_lines
from vanthu.messages import say
from vanthu.register import STATES, ItemState


def who() -> str:
    """Who types: the account's name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


@click.command(help=say("help.correct"), context_settings={"ignore_unknown_options": True})
@ID
@click.argument("field", metavar="FIELD")
@click.argument("value", metavar="VALUE")
@click.pass_obj
def correct(app: App, entry_id: str, field: str, value: str) -> None:
    """A person's value in place of what was read."""
    from vanthu.pipeline import again

    known = app.register.resolve(entry_id)
    settled = again.correct(app.place, known, field, value, who())
    shown = app.register.show(known)
    if not app.secret and shown["record"] is None:  # the ids of the two registers may be the same
        warn(say("cli.taken_apart", number=app.place.apart.register.show(settled)["number"]))
    else:
        warn(say("cli.corrected", number=shown["number"], field=field))
        for line in look_lines(shown):
            warn(line)


@click.command(help=say("help.undo"))
@ID
@click.pass_obj
def undo(app: App, entry_id: str) -> None:
    """The last correction or acceptance of an entry is taken back."""
    from vanthu.pipeline import again

    known = app.register.resolve(entry_id)
    fields = again.undo(app.place, known, who())
    warn(say("cli.undone", number=app.register.show(known)["number"], fields=", ".join(fields) or say("cli.accepting")))


@click.command(help=say("help.task"))
@ID
@click.argument("text", metavar="TEXT")
@click.option("--lead", multiple=True, metavar="NAME", help=say("help.task_lead"))
@click.option("--support", multiple=True, metavar="NAME", help=say("help.task_support"))
@click.option("--due", metavar="DATE", default="", help=say("help.task_due"))
@click.pass_obj
def task(app: App, entry_id: str, text: str, lead: tuple[str, ...], support: tuple[str, ...], due: str) -> None:
    """A piece of work that reading has missed."""
    from vanthu.pipeline import again
    from vanthu.register import missed

    known = app.register.resolve(entry_id)
    again.add_task(app.place, known, missed.task(text, lead, support, due), who())
    warn(say("cli.task_added", number=app.register.show(known)["number"]))


@click.command(help=say("help.state"))
@click.argument("item", metavar="ITEM", type=int)
@click.argument("state", metavar="|".join(get_args(ItemState)), type=click.Choice(STATES))
@click.option("--by", "closed_by", metavar="ID", help=say("help.by"))
@click.option("--note", help=say("help.note"))
@click.pass_obj
def state(app: App, item: int, state: ItemState, closed_by: str | None, note: str | None) -> None:
    """A follow-up item moves on."""
    register = app.register
    register.set_state(item, state, who=who(), note=note, closed_by=register.resolve(closed_by) if closed_by else None)
    warn(say("cli.state_set", item=item, state=say(f"state.{state}")))


@click.command(help=say("help.assign"))
@click.argument("item", metavar="ITEM", type=int)
@click.argument("unit", metavar="UNIT")
@click.pass_obj
def assign(app: App, item: int, unit: str) -> None:
    """The unit that does a follow-up item; an empty name takes the assignment back."""
    app.register.assign(item, unit.strip() or None, who=who())
    warn(say("cli.assigned" if unit.strip() else "cli.assigned_to_nobody", item=item, unit=unit.strip()))


@click.command(help=say("help.void"))
@ID
@click.option("--reason", required=True, help=say("help.reason"))
@click.pass_obj
def void(app: App, entry_id: str, reason: str) -> None:
    """The number of an entry is voided."""
    from vanthu.pipeline import again

    known = app.register.resolve(entry_id)
    again.void(app.place, known, reason, who())
    warn(say("cli.was_voided", number=app.register.show(known)["number"]))
