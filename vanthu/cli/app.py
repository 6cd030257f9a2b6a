"""What every command has at hand: the office's place, and how things are said."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vanthu.exports.files import to_json
from vanthu.messages import say
from vanthu.settings import Settings

if TYPE_CHECKING:
    from vanthu.pipeline.place import Place
    from vanthu.register import Register

Progress = Callable[[int, int], None]


@dataclass
class App:
    """`secret` True: `vanthu --mat …`."""

    settings: Settings
    secret: bool = False

    @cached_property
    def place(self) -> "Place":
        """Where the office works."""
        from vanthu.pipeline.place import Place

        return Place(self.settings, self.secret)

    def close(self) -> None:
        """Close the registers that were opened."""
        if "place" in self.__dict__:
            self.place.close()

    @property
    def register(self) -> "Register":
        """The register that the command works on."""
        return self.place.register


class Formatter(click.HelpFormatter):
    """Help in the language spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how to call."""
        super().write_usage(prog, args, prefix or f"{say('help.usage')}: ")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Commands or options, each with its help; that of --help is click's own and comes in English."""
        said = [(name, say("help.help") if name == "-h, --help" else text) for name, text in rows]
        super().write_dl(said, col_max, col_spacing)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A block under a heading."""
        with super().section(say(f"help.{name.lower()}") if name in ("Options", "Commands", "Arguments") else name):
            yield


def print_json(value: Any) -> None:
    """The JSON and nothing but it, UTF-8, on standard output."""
    click.echo(to_json(value))


def warn(message: str) -> None:
    """Say something to the person, beside the output."""
    click.echo(message, err=True)


@contextmanager
def progress(name: str) -> Iterator[Progress]:
    """A bar by page on standard error, where a person watches it."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from tqdm import tqdm

    with tqdm(desc=name, unit=say("cli.page_unit"), leave=False, file=sys.stderr) as bar:

        def move(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield move


class ExistingFile(click.ParamType[Path]):
    """A file that is there; a name that is not UTF-8 too."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The file's path; BadParameter where it cannot be read."""
        path = Path(value)
        if not path.is_file() or not os.access(path, os.R_OK):
            self.fail(say("cli.no_such_file", path=path), param, ctx)
        return path


FILE = click.argument("file", metavar="FILE", type=ExistingFile())
AS_JSON = click.option("--json", "as_json", is_flag=True, help=say("help.json"))
ID = click.argument("entry_id", metavar="ID")
PASSWORD = click.option("--password", help=say("help.password"))
