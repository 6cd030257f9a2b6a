"""The command line: `vanthu COMMAND`; one module a group of commands, each imported only when it is called."""

import io
import keyword
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from vanthu import messages, settings
from vanthu.cli import machine, wrong_use
from vanthu.cli.hinting import Hinting
from vanthu.errors import ExitCode, VanthuError
from vanthu.messages import say

MODULES = {
    "extract": "files",
    "read": "files",
    "pdf": "files",
    "explain": "explaining",
    "intake": "taking",
    "demo": "demo",
    "up": "up",
    "rejected": "taking",
    "retry": "taking",
    "reread": "taking",
    "attach": "taking",
    "split": "batches",
    "join": "batches",
    "turn": "batches",
    "search": "asking",
    "show": "asking",
    "due": "asking",
    "links": "asking",
    "matrix": "threads",
    "thread": "threads",
    "related": "threads",
    "missing": "threads",
    "searches": "threads",
    "check": "asking",
    "correct": "changing",
    "undo": "changing",
    "task": "changing",
    "learnt": "learning",
    "cases": "learning",
    "state": "changing",
    "assign": "changing",
    "item": "following",
    "answers": "following",
    "fulfil": "following",
    "extend": "following",
    "part": "following",
    "merge": "following",
    "instruct": "following",
    "handover": "following",
    "sign": "following",
    "directory": "directory",
    "void": "changing",
    "book": "books",
    "calendar": "calendars",
    "digest": "morning",
    "remind": "reminding",
    "stats": "statistics",
    "export": "exchanging",
    "import-edxml": "exchanging",
    "desk": "desk",
    "people": "people",
    "tokens": "tokens",
    "mailbox": "mailbox",
    "webhook": "webhook",
    "import": "moving_in",
    "destroy": "keeping",
    "backup": "keeping",
    "restore": "keeping",
}
"""Every command and the module that has it."""


class Commands(Hinting):
    """Imports a command when it is called."""

    def list_commands(self, _: click.Context) -> list[str]:
        """All commands, in the order in which they are needed."""
        return [*MODULES]

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """The command `name`, None where there is none."""
        if name not in MODULES:
            return None
        function = f"{name}_" if keyword.iskeyword(name) else name.replace("-", "_")
        command: click.Command = getattr(import_module(f"vanthu.cli.{MODULES[name]}"), function)
        return command


def commands() -> click.Group:
    """The whole command line, its help in the language spoken."""

    @click.group(cls=Commands, help=say("help.vanthu"), context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
    @click.option("--mat", is_flag=True, help=say("help.mat"))
    @click.version_option(package_name="vanthu", message="%(version)s", help=say("help.version"))
    @click.pass_context
    def vanthu(ctx: click.Context, mat: bool) -> None:
        ctx.obj.secret = mat
        ctx.call_on_close(ctx.obj.close)

    return vanthu


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code of `vanthu.errors.ExitCode`. The only place that turns failures into codes."""
    for stream in (sys.stdout, sys.stderr):  # JSON is UTF-8 whatever the locale says
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    outputs = Path()
    try:
        chosen = settings.load()
        outputs = chosen.outputs
        messages.speak(chosen.lang)
        from vanthu.cli.app import App, Formatter  # options say their help when they are imported

        click.Context.formatter_class = Formatter
        code = commands().main(arguments, prog_name="vanthu", standalone_mode=False, obj=App(chosen))
        sys.stdout.flush()
        return int(code or 0)
    except click.UsageError as error:
        return _fail(wrong_use.explain(error), ExitCode.WRONG_USE)
    except click.ClickException as error:
        return _fail(error.format_message(), ExitCode.WRONG_USE)
    except VanthuError as error:
        return _fail(str(error), error.code)
    except (KeyboardInterrupt, click.Abort):
        return _fail(say("cli.stopped"), ExitCode.STOPPED)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as error:
        if told := machine.explain(error, outputs):
            return _fail(*told)
        traceback.print_exc()
        return _fail(say("cli.broken", error=f"{type(error).__name__}: {error}"), ExitCode.BROKEN)


def _fail(message: str, code: ExitCode) -> int:
    click.echo(message, err=True)
    return int(code)


def run() -> None:
    """`python -m vanthu`."""
    sys.exit(main())
