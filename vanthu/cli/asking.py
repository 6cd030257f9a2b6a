"""Commands that ask the register: search, show, due, links, check."""

import click

from vanthu.cli.app import AS_JSON, ID, App, print_json, warn
from vanthu.cli.shown import entry_line, entry_lines, item_line
from vanthu.cli.threads import keep
from vanthu.errors import ExitCode
from vanthu.messages import say
from vanthu.register.values import parse_date


@click.command(help=say("help.search"))
@click.argument("query", nargs=-1, metavar="QUERY")
@click.option("--saved", metavar="NAME", help=say("help.saved"))
@click.option("--save", metavar="NAME", help=say("help.save"))
@AS_JSON
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help=say("help.limit"))
@click.pass_context
def search(ctx: click.Context, query: tuple[str, ...], saved: str | None, save: str | None, as_json: bool, limit: int) -> None:
    """Entries that have all the words."""
    app: App = ctx.obj
    asked = " ".join([*([app.register.matters.saved_search(saved)] if saved else []), *query])
    if not asked.strip():
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    if save:
        keep(app, save, asked)
    found = app.register.search(asked, limit)
    if as_json:
        names = ("id", "number", "code", "issued_on", "issuer", "subject", "passage")
        print_json([{name: hit[name] for name in names} for hit in found])
        return
    if not found:
        warn(say("cli.nothing_found"))
    for hit in found:
        click.echo(entry_line(hit))


@click.command(help=say("help.show"))
@ID
@AS_JSON
@click.pass_obj
def show(app: App, entry_id: str, as_json: bool) -> None:
    """One entry."""
    from vanthu.exports.record_json import outward, pages_of

    known = app.register.resolve(entry_id)
    shown = app.register.show(known)
    if as_json:
        pages = pages_of(app.register.pages(known))
        print_json(shown | {"record": outward(shown["record"], pages) if shown["record"] else None})
    else:
        click.echo("\n".join(entry_lines(shown)))


@click.command(help=say("help.due"))
@click.option("--until", metavar="DATE", help=say("help.until"))
@click.option("--unit", metavar="NAME", help=say("help.unit"))
@AS_JSON
@click.pass_obj
def due(app: App, until: str | None, unit: str | None, as_json: bool) -> None:
    """Open follow-up items."""
    items = app.register.due(parse_date(until) if until else None, unit)
    if as_json:
        print_json(items)
        return
    if not items:
        warn(say("cli.nothing_due"))
    for item in items:
        click.echo(f"{item_line(item)}  ({item['code'] or '–'}, id {item['document']})")
    if items:
        warn(say("cli.due_next"))


@click.command(help=say("help.links"))
@ID
@AS_JSON
@click.pass_obj
def links(app: App, entry_id: str, as_json: bool) -> None:
    """Documents it cites and that cite it."""
    found = app.register.links(app.register.resolve(entry_id))
    if as_json:
        print_json(found)
        return
    for name, values in found.items():
        click.echo(f"{say(f'field.{name}')}: {', '.join(map(str, values)) or '–'}")


@click.command(help=say("help.check"))
@click.option("--audit", "audited", is_flag=True, help=say("help.audit"))
@click.pass_obj
def check(app: App, audited: bool) -> ExitCode:
    """Is all as it should be."""
    from vanthu.ocr import model
    from vanthu.pipeline import audit
    from vanthu.pipeline.checks import faults

    found = faults(app.place) + (audit.faults(app.place) if audited else [])
    for fault in found:
        click.echo(fault)
    if own := model.own():
        warn(say("check.model", path=own))
    if not found:
        warn(say("cli.all_well"))
    return ExitCode.FAULTS if found else ExitCode.DONE
