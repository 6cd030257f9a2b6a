"""Người dùng: who may work at the desk and through the API: accounts, log-in, sessions, tokens, in a database of their own."""

from vanthu.people.base import People, has_people, open_people
from vanthu.people.person import ROLES, SOLE, Person, Role

__all__ = ["ROLES", "SOLE", "People", "Person", "Role", "has_people", "open_people"]
