"""`vanthu people …`: the accounts of the desk."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from vanthu.cli.app import AS_JSON, App, print_json, warn
from vanthu.cli.changing import who
from vanthu.cli.hinting import Hinting
from vanthu.messages import say
from vanthu.people import ROLES, People, Role, accounts, open_people

LOGIN = click.argument("login", metavar="LOGIN")
ROLE = click.Choice(ROLES)
STDIN = click.option("--stdin", "piped", is_flag=True, help=say("help.people_stdin"))
UNIT = click.option("--unit", metavar="NAME", help=say("help.people_unit"))


@click.group(cls=Hinting, help=say("help.people"))
def people() -> None:
    """Accounts."""


@contextmanager
def opened(app: App) -> Iterator[People]:
    """The office's people."""
    found = open_people(app.settings.outputs)
    try:
        yield found
    finally:
        found.close()


def _password(piped: bool) -> str:
    """Never from the command line, which others on the machine can read."""
    if piped:
        return sys.stdin.readline().rstrip("\n")
    password: str = click.prompt(say("people.ask_password"), hide_input=True, confirmation_prompt=say("people.ask_again"))
    return password


@people.command(help=say("help.people_add"))
@LOGIN
@click.option("--name", required=True, help=say("help.people_name"))
@click.option("--role", type=ROLE, required=True, help=say("help.role"))
@UNIT
@STDIN
@click.pass_obj
def add(app: App, login: str, name: str, role: Role, unit: str | None, piped: bool) -> None:
    """A new account."""
    with opened(app) as everybody:
        made = accounts.add(everybody, login, name, role, password=_password(piped), by=who(), unit=unit)
    warn(say("people.added", name=made.name, login=made.login, role=say(f"role.{made.role}")))


@people.command("list", help=say("help.people_list"))
@AS_JSON
@click.pass_obj
def list_(app: App, as_json: bool) -> None:
    """Every account."""
    with opened(app) as everybody:
        rows = accounts.listed(everybody)
    if as_json:
        print_json(rows)
        return
    if not rows:
        warn(say("people.none"))
    for row in rows:
        flags = [say("people.locked")] * row["locked"] + [say("people.is_cleared")] * row["cleared"]
        click.echo("  ".join(filter(None, (f"{row['login']:<16}", row["name"], say(f"role.{row['role']}"), row["unit"], *flags))))


@people.command(help=say("help.people_role"))
@LOGIN
@click.argument("new", metavar="|".join(ROLES), type=ROLE)
@UNIT
@click.pass_obj
def role(app: App, login: str, new: str, unit: str | None) -> None:
    """Another role."""
    with opened(app) as everybody:
        accounts.set_role(everybody, accounts.find(everybody, login), new, unit, by=who())
    warn(say("people.changed", login=login))


@people.command(help=say("help.people_lock"))
@LOGIN
@click.option("--unlock", is_flag=True, help=say("help.people_unlock"))
@click.pass_obj
def lock(app: App, login: str, unlock: bool) -> None:
    """Locked, or open again."""
    with opened(app) as everybody:
        accounts.lock(everybody, accounts.find(everybody, login), not unlock, by=who())
    warn(say("people.changed", login=login))


@people.command(help=say("help.people_password"))
@LOGIN
@STDIN
@click.pass_obj
def password(app: App, login: str, piped: bool) -> None:
    """A new password, for who has forgotten it."""
    with opened(app) as everybody:
        accounts.set_password(everybody, accounts.find(everybody, login), _password(piped), by=who())
    warn(say("people.changed", login=login))


@people.command(help=say("help.people_clear"))
@LOGIN
@click.option("--no", "taken_back", is_flag=True, help=say("help.people_no"))
@click.pass_obj
def clear(app: App, login: str, taken_back: bool) -> None:
    """May see secret documents, or no longer."""
    with opened(app) as everybody:
        accounts.clear(everybody, accounts.find(everybody, login), not taken_back, by=who())
    warn(say("people.changed", login=login))
    if not taken_back:
        warn(say("people.mat_restart"))
