"""Data models: what is read (document), where it stands (found), what it says (record).

Imports nothing of ours.
"""
