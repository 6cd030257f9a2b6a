"""What is wrong with a call, in the language spoken: click's own sentences are English."""

import click

from vanthu.messages import say


def explain(error: click.UsageError) -> str:
    """One sentence, and under it how to call."""
    usage = f"\n{error.ctx.get_usage()}\n{say('cli.see_help', path=error.ctx.command_path)}" if error.ctx else ""
    return _sentence(error) + usage


def _sentence(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        close = f" {say('cli.hint', known=', '.join(error.possibilities))}" if error.possibilities else ""
        return say("cli.no_option", option=error.option_name) + close
    if isinstance(error, click.BadOptionUsage):
        return say("cli.takes_no_value" if "not take a value" in error.message else "cli.no_value", option=error.option_name)
    if isinstance(error, click.MissingParameter):
        return say("cli.missing", name=_name(error))
    if isinstance(error, click.BadParameter):
        return say("cli.bad_value", name=_name(error), error=_fault(error))
    extra = error.message.partition("unexpected extra argument")[2]
    return say("cli.too_many", words=extra.partition("(")[2].rstrip(")")) if extra else error.format_message()


def _name(error: click.BadParameter) -> str:
    """The argument's or option's name as the usage line has it."""
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    return (
        error.param.opts[-1]
        if isinstance(error.param, click.Option)
        else error.param.make_metavar(error.ctx or click.Context(click.Command("")))
    )


def _fault(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return say("cli.choose", known=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        low, high = kind.min, kind.max
        return say("cli.number_from", low=low) if high is None else say("cli.number_between", low=low, high=high)
    if isinstance(kind, click.Path):
        return say("cli.bad_path")
    return say("cli.number") if kind is click.INT else error.message
