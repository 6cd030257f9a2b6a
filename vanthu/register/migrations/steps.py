"""The steps of the schema in the order in which they are imported."""

from sqlite_utils import Migrations

steps = Migrations("vanthu.register")
