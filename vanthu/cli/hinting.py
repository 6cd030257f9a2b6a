"""Commands that know each other's names."""

import difflib

import click

from vanthu.messages import say


class Hinting(click.Group):
    """Commands that hint at the right one when the word is mistyped."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; UsageError with a hint where there is none."""
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            close = difflib.get_close_matches(args[0], names, 1)
            raise click.UsageError(say("cli.no_command", word=args[0], known=close[0] if close else ", ".join(names)), ctx)
        return super().resolve_command(ctx, args)
