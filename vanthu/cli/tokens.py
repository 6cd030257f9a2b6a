"""`vanthu tokens …`: keys of the API for other programs."""

import click

from vanthu.cli.app import AS_JSON, App, print_json, warn
from vanthu.cli.changing import who
from vanthu.cli.hinting import Hinting
from vanthu.cli.people import ROLE, UNIT, opened
from vanthu.messages import say
from vanthu.people import tokens as keys


@click.group(cls=Hinting, help=say("help.tokens"))
def tokens() -> None:
    """Keys of the API."""


@tokens.command(help=say("help.tokens_add"))
@click.argument("name", metavar="NAME")
@click.option("--role", type=ROLE, required=True, help=say("help.role"))
@UNIT
@click.pass_obj
def add(app: App, name: str, role: str, unit: str | None) -> None:
    """A new key, alone on standard output."""
    with opened(app) as everybody:
        key = keys.make(everybody, name, role, by=who(), unit=unit)
    warn(say("people.token_made"))
    click.echo(key)


@tokens.command("list", help=say("help.tokens_list"))
@AS_JSON
@click.pass_obj
def list_(app: App, as_json: bool) -> None:
    """Every token."""
    with opened(app) as everybody:
        rows = keys.listed(everybody)
    if as_json:
        print_json(rows)
        return
    if not rows:
        warn(say("people.no_tokens"))
    for row in rows:
        state = say("people.revoked") if row["revoked_at"] else row["used_on"] or say("people.never_used")
        click.echo("  ".join(filter(None, (f"{row['id']:>4}", row["name"], say(f"role.{row['role']}"), row["unit"], state))))


@tokens.command(help=say("help.tokens_revoke"))
@click.argument("token_id", metavar="ID", type=int)
@click.pass_obj
def revoke(app: App, token_id: int) -> None:
    """It is worth nothing from now on."""
    with opened(app) as everybody:
        keys.revoke(everybody, token_id, by=who())
    warn(say("people.token_revoked", id=token_id))
