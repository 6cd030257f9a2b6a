"""Number of the newest migration, kept apart so that opening a register that is up to date imports nothing heavy."""

SCHEMA_VERSION = 5
