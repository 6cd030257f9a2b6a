"""Sổ đăng ký văn bản đến: SQLite register and store of originals; `Register` is the door."""

from vanthu.register.register import Register
from vanthu.register.rows import STATES, Direction, Entry, File, ItemState, Paper
from vanthu.register.store import Store

__all__ = ["STATES", "Direction", "Entry", "File", "ItemState", "Paper", "Register", "Store"]
