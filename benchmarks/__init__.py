"""Measurements of reading and extraction; not tests."""
