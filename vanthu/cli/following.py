"""Commands on follow-up items: what is asked, handed on, put off, parted, and what answers it."""

from datetime import date

import click

from vanthu.cli.app import AS_JSON, ID, App, print_json, warn
from vanthu.cli.changing import who
from vanthu.cli.shown_matters import item_lines, proposal_lines
from vanthu.errors import WrongUse
from vanthu.messages import say
from vanthu.register.values import parse_date
from vanthu.said import day

ITEM = click.argument("item", metavar="ITEM", type=int)
UNIT = click.option("--unit", metavar="NAME", help=say("help.unit_of"))


def _day(text: str | None) -> date | None:
    return parse_date(text) if text else None


@click.command(help=say("help.item"))
@ITEM
@AS_JSON
@click.pass_obj
def item(app: App, item: int, as_json: bool) -> None:
    """One follow-up item with its history."""
    found = app.register.matters.item(item)
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(item_lines(found)))


@click.command(help=say("help.extend"))
@ITEM
@click.argument("until", metavar="DATE|-")
@click.option("--reason", required=True, help=say("help.extend_reason"))
@click.pass_obj
def extend(app: App, item: int, until: str, reason: str) -> None:
    """The due date moves, with a reason; `-` takes it back."""
    app.register.matters.extend(item, None if until == "-" else parse_date(until), reason, who=who())
    warn(say("cli.extended", item=item, day=day(app.register.matters.item(item)["due_on"]) or say("cli.no_date")))


@click.command(help=say("help.part"))
@ITEM
@click.argument("parts", metavar="TEXT[=UNIT]...", nargs=-1, required=True)
@click.pass_obj
def part(app: App, item: int, parts: tuple[str, ...]) -> None:
    """An item in parts, each with its unit."""
    named = [(text.strip(), unit.strip() or None, None) for text, _, unit in (one.partition("=") for one in parts)]
    made = app.register.matters.split(item, named, who=who())
    warn(say("cli.parted", item=item, parts=", ".join(f"#{one}" for one in made)))


@click.command(help=say("help.merge"))
@ITEM
@click.argument("others", metavar="ITEM...", nargs=-1, required=True, type=int)
@click.pass_obj
def merge(app: App, item: int, others: tuple[int, ...]) -> None:
    """Items that are one."""
    app.register.matters.merge(item, others, who=who())
    warn(say("cli.merged", item=item, others=", ".join(f"#{one}" for one in others)))


@click.command(help=say("help.instruct"))
@ID
@click.argument("text", metavar="TEXT")
@UNIT
@click.option("--due", metavar="DATE", help=say("help.ordered_due"))
@click.option("--item", "item", metavar="ITEM", type=int, help=say("help.of_item"))
@click.option("--leader", metavar="NAME", help=say("help.leader"))
@click.pass_obj
def instruct(app: App, entry_id: str, text: str, unit: str | None, due: str | None, item: int | None, leader: str | None) -> None:
    """What a leader orders."""
    known = app.register.resolve(entry_id)
    app.register.matters.instruct(known, text, unit=unit, due_on=_day(due), item_id=item, leader=leader, who=who())
    warn(say("cli.instructed", id=known))


@click.command(help=say("help.handover"))
@ID
@click.argument("unit", metavar="UNIT", required=False)
@click.option("--person", metavar="NAME", help=say("help.person"))
@click.option("--item", "item", metavar="ITEM", type=int, help=say("help.of_item"))
@click.option("--on", "on", metavar="DATE", help=say("help.handed_on"))
@click.option("--note", help=say("help.note"))
@AS_JSON
@click.pass_obj
def handover(
    app: App, entry_id: str, unit: str | None, person: str | None, item: int | None, on: str | None, note: str | None, as_json: bool
) -> None:
    """A document is handed to a unit; without a unit, its hand-overs."""
    known = app.register.resolve(entry_id)
    matters = app.register.matters
    if unit:
        made = matters.hand_over(known, unit, person=person, item_id=item, on=_day(on), note=note, who=who())
        warn(say("cli.handed_over", id=known, unit=app.register.directory.unit_of(unit), handover=made))
    found = matters.handovers(known)
    if as_json:
        print_json(found)
    elif not unit:
        for one in found:
            signed = f"{one['received_by']}, {day(one['received_at'])}" if one["received_at"] else say("cli.not_signed")
            click.echo(f"{one['id']:>4}  {day(one['handed_on'])}  {', '.join(filter(None, (one['unit'], one['person'])))}  {signed}")


@click.command(help=say("help.sign"))
@click.argument("handover", metavar="HANDOVER", type=int)
@click.option("--person", metavar="NAME", help=say("help.person"))
@click.pass_obj
def sign(app: App, handover: int, person: str | None) -> None:
    """A hand-over is signed for."""
    app.register.matters.sign_for(handover, who=who(), person=person)
    warn(say("cli.signed_for", handover=handover))


@click.command(help=say("help.answers"))
@click.argument("entry_id", metavar="[ID]", required=False)
@click.option("--all", "every", is_flag=True, help=say("help.answers_all"))
@AS_JSON
@click.pass_obj
def answers(app: App, entry_id: str | None, every: bool, as_json: bool) -> None:
    """Answers that came in and what they fulfil."""
    known = app.register.resolve(entry_id) if entry_id else None
    found = app.register.matters.closings(known, waiting=known is None and not every)
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo("\n".join(proposal_lines(one)))
    warn(say("cli.answers_next") if found else say("cli.no_answers"))


@click.command(help=say("help.fulfil"))
@click.argument("answers", metavar="ANSWER...", nargs=-1, required=True, type=int)
@click.option("--not", "refused", is_flag=True, help=say("help.not_fulfils"))
@click.pass_obj
def fulfil(app: App, answers: tuple[int, ...], refused: bool) -> None:
    """A proposal is right, or not (then a closing is undone)."""
    if len(set(answers)) != len(answers):
        raise WrongUse("cli.named_twice")
    act = app.register.matters.refuse if refused else app.register.matters.accept
    for answer in answers:
        act(answer, who=who())
    warn(say("cli.not_fulfilled" if refused else "cli.fulfilled", answers=", ".join(map(str, answers))))
