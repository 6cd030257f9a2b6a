"""Hộp thư đến: which files of the inbox are whole and may be taken."""
