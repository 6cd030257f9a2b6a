"""Bàn làm việc: the clerk's web page on the office's own machine; `app` makes it, `serve` runs it."""

from vanthu.desk.app import app
from vanthu.desk.serving import serve

__all__ = ["app", "serve"]
