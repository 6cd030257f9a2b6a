"""Commands on the office's directory: import, list, who sits in for whom."""

from pathlib import Path

import click

from vanthu.cli.app import AS_JSON, App, ExistingFile, print_json, warn
from vanthu.cli.changing import who
from vanthu.errors import NotFound
from vanthu.messages import say
from vanthu.register.values import parse_date


@click.group(help=say("help.directory"), invoke_without_command=True)
@AS_JSON
@click.pass_context
def directory(ctx: click.Context, as_json: bool) -> None:
    """The directory as it is."""
    if ctx.invoked_subcommand:
        return
    found = ctx.obj.register.directory.departments()
    if as_json:
        print_json(found)
        return
    for one in found:
        aliases = f" ({', '.join(one['aliases'])})" if one["aliases"] else ""
        click.echo(f"{say('directory.' + one['kind'])}: {one['name']}{aliases}")
        for person in one["people"]:
            acting = f" – {say('directory.acting', name=person['acting'])}" if person["acting"] else ""
            click.echo(f"    {', '.join(filter(None, (person['name'], person['position'])))}{acting}")
    if not found:
        warn(say("directory.empty"))


@directory.command("import", help=say("help.directory_import"))
@click.argument("file", metavar="FILE.csv", type=ExistingFile())
@click.pass_obj
def import_(app: App, file: Path) -> None:
    """Departments and people from a file."""
    taken = app.register.directory.take(file, who=who())
    click.echo(say("directory.taken", departments=taken["departments"], people=taken["people"]))
    for line in taken["unclear"]:
        warn(say("directory.unclear", line=line))


@directory.command("away", help=say("help.directory_away"))
@click.argument("person", metavar="PERSON")
@click.argument("deputy", metavar="DEPUTY|-")
@click.option("--from", "first", metavar="DATE", help=say("help.away_from"))
@click.option("--until", "last", metavar="DATE", help=say("help.away_until"))
@click.pass_obj
def away(app: App, person: str, deputy: str, first: str | None, last: str | None) -> None:
    """Who sits in for a person."""
    named = None if deputy == "-" else deputy
    start = parse_date(first) if first else (app.settings.today if named and not last else None)
    if not app.register.directory.away(person, named, start, parse_date(last) if last else None, who=who()):
        raise NotFound("directory.nobody", name=person)
    warn(say("directory.sits_in", name=person, deputy=named) if named else say("directory.back", name=person))
