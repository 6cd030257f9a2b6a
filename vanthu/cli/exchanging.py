"""`vanthu export`, `vanthu import-edxml`: entries for other programs, and packages from them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanthu.cli.app import App, ExistingFile, warn
from vanthu.errors import ExitCode, WrongUse
from vanthu.messages import say
from vanthu.register.values import parse_date
from vanthu.settings import VIETNAM

if TYPE_CHECKING:
    from vanthu.register import Register

_KINDS = (".json", ".csv", ".edxml")


@click.command(help=say("help.export"))
@click.argument("out", metavar="OUT.json|csv|edxml", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.argument("entry_ids", nargs=-1, metavar="[ID...]")
@click.option("--from", "first", metavar="DATE", help=say("help.from"))
@click.option("--to", "last", metavar="DATE", help=say("help.to"))
@click.option("--annex6", is_flag=True, help=say("help.annex6"))
@click.pass_obj
def export(app: App, out: Path, entry_ids: tuple[str, ...], first: str | None, last: str | None, annex6: bool) -> None:
    """Entries as JSON, CSV or one edXML package."""
    from vanthu.exports.files import write_whole_bytes

    kind = out.suffix.lower()
    if kind not in _KINDS:
        raise WrongUse("export.suffix", path=out, known=", ".join(_KINDS))
    known = [app.register.resolve(entry_id) for entry_id in entry_ids] or _all(app.register, first, last)
    data = _package(app, known) if kind == ".edxml" else _list(app, known, kind, annex6)
    with app.place.private():
        write_whole_bytes(out, data)
    warn(say("cli.written", path=out))


def _all(register: "Register", first: str | None, last: str | None) -> list[int]:
    span: dict[str, Any] = {"received_from": parse_date(first) if first else None, "received_until": parse_date(last) if last else None}
    return sorted(line["id"] for line in register.entries(limit=register.count(**span) or 1, **span))


def _list(app: App, known: list[int], kind: str, annex6: bool) -> bytes:
    from vanthu.exports import exchange
    from vanthu.exports.files import to_json

    shown = [_shown(app.register, entry_id) for entry_id in known]
    rows: list[dict[str, Any]]
    names: tuple[str, ...]
    if annex6:
        rows, names = [exchange.annex_vi(one, app.settings.letterhead.organ_id) for one in shown], exchange.ANNEX_VI
    elif kind == ".csv":
        rows, names = [exchange.as_row(one) for one in shown], exchange.COLUMNS
    else:
        rows, names = [exchange.as_json(one) for one in shown], ()
    return (exchange.to_csv(names, rows) if kind == ".csv" else to_json(rows) + "\n").encode("utf-8")


def _shown(register: "Register", entry_id: int) -> dict[str, Any]:
    return register.show(entry_id) | {"page_count": len(register.pages(entry_id)) or None}


def _package(app: App, known: list[int]) -> bytes:
    from vanthu.exports import edxml

    if len(known) != 1:
        raise WrongUse("export.one_entry")
    shown = _shown(app.register, known[0])
    if not shown["record"] or not shown["files"]:
        raise WrongUse("export.no_file", id=known[0])
    return edxml.package(shown, app.settings.office, app.settings.letterhead, datetime.now(VIETNAM))


@click.command("import-edxml", help=say("help.import_edxml"))
@click.argument("files", nargs=-1, required=True, metavar="FILE.edxml...", type=ExistingFile())
@click.pass_obj
def import_edxml(app: App, files: tuple[Path, ...]) -> ExitCode:
    """Packages of the document exchange."""
    from vanthu.cli.taking import tell
    from vanthu.pipeline import packages

    if app.secret:
        raise WrongUse("cli.no_mat_intake")
    outcomes = packages.take(app.place, files)
    tell(outcomes)
    return ExitCode.REJECTED if any(outcome.kind == "rejected" for outcome in outcomes) else ExitCode.DONE
