"""Where one office works: its settings, its register, and the register of its secret documents."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vanthu.register import Register
from vanthu.settings import Settings


@dataclass
class Place:
    """`secret` True: the register of documents marked MẬT and above is the one worked on."""

    settings: Settings
    secret: bool = False

    @property
    def folder(self) -> Path:
        """Where the register, the store and the outputs lie."""
        return self.settings.secret_outputs if self.secret else self.settings.outputs

    @cached_property
    def register(self) -> Register:
        """The register, opened at the first use."""
        with self.private():
            return Register.open(
                self.folder,
                today=self.settings.fixed_today,
                first_numbers=self.settings.first_numbers,
                separate_party_book=self.settings.separate_party_book,
                office=self.settings.office,
                internal_days=self.settings.internal_days,
                close_above=self.settings.close_above,
                private=self.secret,
            )

    @cached_property
    def apart(self) -> "Place":
        """The place of secret documents."""
        return self if self.secret else Place(self.settings, secret=True)

    @property
    def has_apart(self) -> bool:
        """True where there are secret documents, in another register than this one."""
        return not self.secret and (self.settings.secret_outputs / "register.db").is_file()

    @contextmanager
    def private(self) -> Iterator[None]:
        """What is written meanwhile is the owner's alone, where this is the place of secret documents."""
        before = os.umask(0o077) if self.secret else None
        try:
            yield
        finally:
            if before is not None:
                os.umask(before)

    def close(self) -> None:
        """Close what was opened: the last to close a register brings its write-ahead log into its file."""
        opened = self.__dict__.pop("register", None)
        if opened is not None:
            opened.close()
        apart = self.__dict__.pop("apart", None)
        if apart is not None and apart is not self:
            apart.close()
