"""`python -m vanthu`: the command line without its script."""

from vanthu.cli import run

run()
