"""`vanthu stats`: what came in and what became of it."""

from pathlib import Path
from typing import Any

import click

from vanthu.cli.app import AS_JSON, App, print_json, warn
from vanthu.cli.shown import short
from vanthu.errors import WrongUse
from vanthu.messages import say
from vanthu.register.values import parse_date


@click.command(help=say("help.stats"))
@click.argument("out", metavar="[OUT.xlsx]", required=False, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--from", "first", metavar="DATE", help=say("help.from"))
@click.option("--to", "last", metavar="DATE", help=say("help.to"))
@click.option("--outgoing", is_flag=True, help=say("help.outgoing"))
@AS_JSON
@click.pass_obj
def stats(app: App, out: Path | None, first: str | None, last: str | None, outgoing: bool, as_json: bool) -> None:
    """By unit, type, issuer and month."""
    from vanthu.register.tallies import tallies

    if out and out.suffix.lower() != ".xlsx":
        raise WrongUse("export.suffix", path=out, known=".xlsx")
    days = (parse_date(first) if first else None, parse_date(last) if last else None)
    made = tallies(app.register.base, *days, "out" if outgoing else "in")
    if out:
        from vanthu.exports import statistics
        from vanthu.exports.files import write_whole_bytes

        with app.place.private():
            write_whole_bytes(out, statistics.xlsx(made))
        warn(say("cli.written", path=out))
    if as_json:
        print_json(made)
    elif not out:
        _show(made)


def _show(made: dict[str, Any]) -> None:
    from vanthu.exports.charts import label
    from vanthu.exports.statistics import span

    click.echo(span(made))
    for dimension, rows in made["by"].items():
        click.echo(f"\n{say(f'stats.by_{dimension}')}")
        for row in (*rows, made["total"] | {"name": say("stats.total")}):
            name = row["name"] if row["name"] == say("stats.total") else label(row["name"], dimension)
            click.echo(f"  {short(name, 44):<45} {say('stats.line', **row | {'rate': _percent(row['rate'])})}")


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.1f}%".replace(".", ",")
