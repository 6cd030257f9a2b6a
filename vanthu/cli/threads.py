"""Commands on how documents hang together: thread, related, missing, matrix, saved searches."""

import click

from vanthu.cli.app import AS_JSON, ID, App, print_json, warn
from vanthu.cli.changing import who
from vanthu.cli.shown_matters import cited_line, document_line, matrix_lines, related_line, thread_lines
from vanthu.messages import say


@click.command(help=say("help.thread"))
@ID
@AS_JSON
@click.pass_obj
def thread(app: App, entry_id: str, as_json: bool) -> None:
    """All documents of a matter, by day."""
    found = app.register.matters.thread(app.register.resolve(entry_id))
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(line for one in found for line in thread_lines(one)))


@click.command(help=say("help.related"))
@ID
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help=say("help.limit"))
@AS_JSON
@click.pass_obj
def related(app: App, entry_id: str, limit: int, as_json: bool) -> None:
    """Documents near this one."""
    found = app.register.matters.related(app.register.resolve(entry_id), limit)
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(related_line(one))
    if not found:
        warn(say("cli.nothing_found"))


@click.command(help=say("help.missing"))
@click.option("--laws", is_flag=True, help=say("help.laws"))
@AS_JSON
@click.pass_obj
def missing(app: App, laws: bool, as_json: bool) -> None:
    """Documents that are cited and never came in."""
    found = [row for row in app.register.matters.missing() if laws or not row["legal"]]
    if as_json:
        print_json(found)
        return
    for row in found:
        click.echo(cited_line(row))
    if not found:
        warn(say("cli.nothing_missing"))


@click.command(help=say("help.matrix"))
@ID
@AS_JSON
@click.pass_obj
def matrix(app: App, entry_id: str, as_json: bool) -> None:
    """Who has sent which report."""
    found = app.register.matters.matrix(app.register.resolve(entry_id))
    if as_json:
        print_json(found)
        return
    click.echo(document_line(found))
    click.echo("\n".join(matrix_lines(found)))


@click.command(help=say("help.searches"))
@click.option("--forget", metavar="NAME", help=say("help.forget_search"))
@AS_JSON
@click.pass_obj
def searches(app: App, forget: str | None, as_json: bool) -> None:
    """Searches kept under a name."""
    if forget:
        app.register.matters.drop_search(forget)
    found = app.register.matters.searches()
    if as_json:
        print_json(found)
        return
    for row in found:
        click.echo(f"{row['name']}: {row['query']}")
    if not found:
        warn(say("cli.no_searches"))


def keep(app: App, name: str, query: str) -> None:
    """A search is kept under a name."""
    app.register.matters.save_search(name, query, who=who())
    warn(say("cli.search_kept", name=name.strip()))
