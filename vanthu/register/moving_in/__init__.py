"""Chuyển sổ cũ: the office's old book, in Excel or CSV, read, planned and carried into the register."""

from vanthu.register.moving_in.plan import Line, Plan, Unclear, plan
from vanthu.register.moving_in.write import carry_in, move_in

__all__ = ["Line", "Plan", "Unclear", "carry_in", "move_in", "plan"]
