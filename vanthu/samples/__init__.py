"""A sample scan for the first run: a dispatch of 2024 as an office scanner gives it, number and day written by hand."""

from pathlib import Path

SAMPLE = Path(__file__).with_name("scan0001.pdf")
