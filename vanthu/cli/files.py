"""Commands on a file as it lies there, the register untouched: extract, read, pdf."""

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanthu import said
from vanthu.cli.app import AS_JSON, FILE, PASSWORD, App, ExistingFile, print_json, progress, warn
from vanthu.cli.shown import record_lines
from vanthu.errors import ExitCode, Rejected, WrongUse
from vanthu.exports.files import to_json, write_whole
from vanthu.exports.record_json import outward
from vanthu.messages import say

if TYPE_CHECKING:
    from models.context import Context
    from models.document import Document


@click.command(help=say("help.extract"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=ExistingFile())
@AS_JSON
@click.option("--text", "as_text", is_flag=True, help=say("help.text"))
@click.option("--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help=say("help.out"))
@PASSWORD
@click.pass_obj
def extract(app: App, files: tuple[Path, ...], as_json: bool, as_text: bool, out: Path | None, password: str | None) -> ExitCode:
    """Record or text of files."""
    _check_call(files, as_json, as_text, out)
    if out:
        out.mkdir(parents=True, exist_ok=True)
    code = ExitCode.DONE
    for path in files:
        try:
            _put(app, path, password, as_json, as_text, out)
        except Rejected as error:
            warn(f"{path}: {error}")
            code = ExitCode.REJECTED
    return code


def _check_call(files: tuple[Path, ...], as_json: bool, as_text: bool, out: Path | None) -> None:
    if not out and len(files) > 1:
        raise WrongUse("cli.out_needed")
    if as_json and as_text:
        raise WrongUse("cli.json_or_text")
    stems = [path.stem for path in files]
    twice = next((stem for stem in stems if stems.count(stem) > 1), None)
    if out and twice is not None:
        raise WrongUse("cli.same_stem", stem=twice)


def _put(app: App, path: Path, password: str | None, as_json: bool, as_text: bool, out: Path | None) -> None:
    document = read_file(path, password)
    if as_text:
        if out:
            write_whole(out / f"{path.stem}.txt", document.text)
        else:
            click.echo(document.text, nl=False)
        return
    record = _record(app, path, document, password)
    if out:
        write_whole(out / f"{path.stem}.json", to_json(record) + "\n")
    elif as_json:
        print_json(record)
    else:
        click.echo("\n".join(record_lines(record)))


def _record(app: App, path: Path, document: "Document", password: str | None) -> dict[str, Any]:
    """The record of a file, of a stack that of its first document."""
    import extractors

    return outward(extractors.extract(*first_document(app, path, document, password)).as_json(), document.pages)


def first_document(app: App, path: Path, document: "Document", password: str | None) -> "tuple[Document, Context]":
    """(the document in a file that has been read, what is known beside it); of a stack the first one, and that there are more is said."""
    from extractors._batches import cut
    from vanthu.pipeline import batches
    from vanthu.pipeline.steps import context
    from vanthu.readers import signatures

    signed = [signature.as_json() for signature in signatures.check(path, password)]
    known = context(app.settings, path.name, signatures.signed_on(signed))
    parts = batches.parts(document, app.settings, signed=bool(signed))
    if len(parts) > 1:
        known = batches.of_stack(known)
        warn(say("cli.is_stack", path=path, pages=said.pages([part.first for part in parts])))
    return cut(document, parts[0].pages), known


def read_file(path: Path, password: str | None, only: Collection[int] | None = None) -> "Document":
    """The pages of a file, or those of these numbers, with a bar where a person watches."""
    from vanthu.readers import confined

    with progress(path.name) as move:
        return confined.read(path, password=password, progress=move, only=only)[0]


@click.command(help=say("help.read"))
@FILE
@AS_JSON
@click.option("--show", metavar="OUT", type=click.Path(dir_okay=False, writable=True, path_type=Path), help=say("help.show_over"))
@PASSWORD
def read(file: Path, as_json: bool, show: Path | None, password: str | None) -> None:
    """Pages, lines, words; or what was read, drawn over the pages."""
    from vanthu.exports.document_json import as_json as document_json

    if show and show.suffix.lower() not in (".png", ".html"):
        raise WrongUse("cli.png_or_html", path=show)
    document = read_file(file, password)
    if show:
        from vanthu.exports import overlay

        for written in overlay.write(file, document, show, password=password):
            warn(say("cli.written", path=written))
    if as_json:
        click.echo(json.dumps(document_json(document), ensure_ascii=False))  # a number a line would be a million lines
    elif not show:
        click.echo(document.text, nl=False)


@click.command(help=say("help.pdf"))
@click.argument("source", metavar="FILE|ID")
@click.argument("out", metavar="OUT.pdf", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@PASSWORD
@click.pass_context
def pdf(ctx: click.Context, source: str, out: Path, password: str | None) -> None:
    """The searchable PDF of a file, or of the pages of an entry."""
    from vanthu.exports import searchable_pdf

    pages = None
    if re.fullmatch(r"(\w+:)?\d+(/\d+)?", source) and not Path(source).is_file():
        file, pages = _of_entry(ctx.obj, source)
    else:
        file = ExistingFile().convert(source, None, ctx)
    if out.exists() and out.samefile(file):
        raise WrongUse("cli.same_file", path=out)
    searchable_pdf.write(file, read_file(file, password, pages), out, password=password)
    warn(say("cli.written", path=out))


def _of_entry(app: App, entry_id: str) -> tuple[Path, list[int] | None]:
    """The main file of an entry and its pages there."""
    known = app.register.resolve(entry_id)
    main = next((file for file in app.register.show(known)["files"] if file["role"] == "main"), None)
    if main is None:
        raise WrongUse("register.voided", id=entry_id)
    return Path(main["kept"]), main["pages"]
