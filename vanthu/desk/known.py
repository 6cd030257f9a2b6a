"""Who is known at a desk: the session's person, or the sole user of a desk that only this machine reaches."""

import threading
from dataclasses import dataclass, field, replace

from vanthu.people import SOLE, People, Person, accounts, has_people, open_people, sessions
from vanthu.settings import Settings


@dataclass
class Known:
    """The people of an office as one desk asks for them; `people.db` is opened when there is one."""

    settings: Settings
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _people: People | None = None

    @property
    def people(self) -> People:
        """The accounts, made where there are none."""
        with self._lock:
            if self._people is None:
                self._people = open_people(self.settings.outputs)
            return self._people

    @property
    def has_accounts(self) -> bool:
        """True where there is an account."""
        return (self._people is not None or has_people(self.settings.outputs)) and accounts.count(self.people) > 0

    def person(self, key: str) -> Person | None:
        """Who asks with this key; None where one has to log in.

        The sole user of a desk on 127.0.0.1 need not; without a password nobody is cleared for secret documents.
        """
        if not self.has_accounts:
            return None if self.settings.is_public else SOLE
        found = sessions.find(self.people, key) if key else None
        if found or self.settings.is_public:
            return found
        sole = accounts.sole(self.people)
        return replace(sole, cleared=False, id=None) if sole else None

    def close(self) -> None:
        """Close what was opened."""
        if self._people is not None:
            self._people.close()
