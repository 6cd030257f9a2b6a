"""What every command has at hand: the office's place, and how things are said."""

import sys
from collections.abc import Callable, Iterator
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

    @property
    def register(self) -> "Register":
        """The register that the command works on."""
        return self.place.register


class Formatter(click.HelpFormatter):
    """Help in the language spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how to call."""
        super().write_usage(prog, args, prefix or f"{say('help.usage')}: ")

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


FILES = click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help=say("help.json"))
ID = click.argument("entry_id", metavar="ID")
