"""The command line: `vanthu COMMAND`; one module a group of commands, each imported only when it is called."""

import difflib
import errno
import io
import keyword
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from vanthu import messages, settings
from vanthu.cli.app import App, Formatter
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
    "search": "asking",
    "show": "asking",
    "due": "asking",
    "links": "asking",
    "check": "asking",
    "correct": "changing",
    "state": "changing",
    "void": "changing",
    "desk": "desk",
    "import": "moving_in",
}
"""Every command and the module that has it."""


class Commands(click.Group):
    """Imports a command when it is called, and hints at the right one when the word is mistyped."""

    def list_commands(self, _: click.Context) -> list[str]:
        """All commands, in the order in which they are needed."""
        return [*MODULES]

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """The command `name`, None where there is none."""
        if name not in MODULES:
            return None
        function = f"{name}_" if keyword.iskeyword(name) else name
        command: click.Command = getattr(import_module(f"vanthu.cli.{MODULES[name]}"), function)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; UsageError with a hint where there is none."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            close = difflib.get_close_matches(args[0], MODULES, 1)
            raise click.UsageError(say("cli.no_command", word=args[0], known=close[0] if close else ", ".join(MODULES)), ctx)
        return super().resolve_command(ctx, args)


def commands() -> click.Group:
    """The whole command line, its help in the language spoken."""

    @click.group(cls=Commands, help=say("help.vanthu"), context_settings={"help_option_names": ["-h", "--help"]})
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
    try:
        chosen = settings.load()
        messages.speak(chosen.lang)
        click.Context.formatter_class = Formatter
        code = commands().main(arguments, prog_name="vanthu", standalone_mode=False, obj=App(chosen))
        sys.stdout.flush()
        return int(code or 0)
    except click.UsageError as error:
        return _fail(_usage(error), ExitCode.WRONG_USE)
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
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return _fail(say("cli.no_space"), ExitCode.NO_SPACE)
        traceback.print_exc()
        return _fail(say("cli.broken", error=f"{type(error).__name__}: {error}"), ExitCode.BROKEN)


def _fail(message: str, code: ExitCode) -> int:
    click.echo(message, err=True)
    return int(code)


def _usage(error: click.UsageError) -> str:
    """What is wrong with the call, in the language spoken, and how to call."""
    name = getattr(error, "param_hint", None) or (getattr(error, "param", None) and error.param.get_error_hint(error.ctx))  # type: ignore[attr-defined]
    if isinstance(error, click.NoSuchOption):
        close = f" {say('cli.hint', known=', '.join(error.possibilities))}" if error.possibilities else ""
        message = say("cli.no_option", option=error.option_name) + close
    elif isinstance(error, click.MissingParameter):
        message = say("cli.missing", name=name)
    elif isinstance(error, click.BadParameter):
        message = say("cli.bad_value", name=name, error=error.message)
    else:
        message = error.format_message()
    usage = f"\n{error.ctx.get_usage()}" if error.ctx else ""
    return message + usage


def run() -> None:
    """`python -m vanthu`."""
    sys.exit(main())
