"""`vanthu book`: the books by law, to print, sign and bind."""

from pathlib import Path

import click

from vanthu.cli.app import App, warn
from vanthu.errors import WrongUse
from vanthu.messages import say
from vanthu.register.book_lines import NAMES, Scope
from vanthu.register.values import parse_date


@click.command(help=say("help.book"))
@click.argument("name", metavar="den|theo-doi|di", type=click.Choice(NAMES))
@click.argument("out", metavar="OUT.xlsx|OUT.pdf", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--year", type=click.IntRange(1945, 2200), help=say("help.book_year"))
@click.option("--from", "first", metavar="DATE", help=say("help.from"))
@click.option("--to", "last", metavar="DATE", help=say("help.to"))
@click.option("--party", is_flag=True, help=say("help.party"))
@click.pass_obj
def book(app: App, name: str, out: Path, year: int | None, first: str | None, last: str | None, party: bool) -> None:
    """One book of one year."""
    from vanthu.exports import books

    days = (parse_date(first) if first else None, parse_date(last) if last else None)
    known = year or next((day.year for day in days if day), app.settings.today.year)
    if any(day and day.year != known for day in days):
        raise WrongUse("cli.year_of_days", year=known)
    made = books.book(app.register.base, name, Scope(known, days[0], days[1], party), app.settings.letterhead)
    with app.place.private():
        books.write(out, made)
    warn(say("cli.written", path=out))
