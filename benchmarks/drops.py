"""Documents of a case or story, typeset and dropped day by day through the real intake with a fixed clock."""

import importlib.machinery
import importlib.util
import os
import random
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

HERE = Path(__file__).parent


def _script(name: str) -> ModuleType:
    """A script of this folder without a suffix, as a module."""
    loader = importlib.machinery.SourceFileLoader(name, str(HERE / name))
    spec = importlib.util.spec_from_loader(name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


typeset = _script("typeset")


@dataclass(frozen=True)
class Drop:
    """One document on its day: `outgoing` goes into inbox/di/; `scan` None is born digital."""

    id: str
    on: date
    source: dict[str, Any]
    outgoing: bool = False
    scan: str | None = None


def load(path: Path) -> list[Any]:
    """The documents of a YAML file; `on:` is a word and not the truth that YAML 1.1 takes it for."""
    return [_words(one) for one in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def _words(value: Any) -> Any:
    if isinstance(value, dict):
        return {"on" if key is True else key: _words(part) for key, part in value.items()}
    return [_words(part) for part in value] if isinstance(value, list) else value


def drops(documents: Iterable[dict[str, Any]]) -> list[Drop]:
    """The documents of a case, as its YAML has them."""
    return [Drop(str(one["id"]), _day(one["on"]), one["source"], one.get("to") == "di", one.get("scan")) for one in documents]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


class Printer:
    """One browser that prints many documents; a file once printed is kept in `cache`."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        cache.mkdir(parents=True, exist_ok=True)
        self._page: Any = None
        self._closing: list[Any] = []

    def __enter__(self) -> "Printer":
        return self

    def __exit__(self, *_: object) -> None:
        for close in reversed(self._closing):
            close()

    def pdf(self, drop: Drop) -> Path:
        """The document as a file, the same for the same source."""
        text = yaml.safe_dump(drop.source, allow_unicode=True) + str(drop.scan)
        target = self.cache / f"{drop.id}-{zlib.crc32(text.encode()):08x}.pdf"
        if not target.exists():
            rng = random.Random(zlib.crc32(drop.id.encode()))
            markup, _ = typeset.page(drop.source, rng, drop.scan, "Kristi")
            with tempfile.TemporaryDirectory() as tmp:
                digital = Path(tmp, "d.pdf")
                self._print(markup, digital)
                _scan(digital, Path(tmp), drop.scan, rng) if drop.scan else None
                target.write_bytes((Path(tmp, "s.pdf") if drop.scan else digital).read_bytes())
        return target

    def _print(self, markup: str, target: Path) -> None:
        if self._page is None:
            from playwright.sync_api import sync_playwright

            playwright = sync_playwright().start()
            self._closing.append(playwright.stop)
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            self._closing.append(browser.close)
            self._page = browser.new_page()
        self._page.set_content(markup)
        self._page.pdf(path=str(target), prefer_css_page_size=True)


def _scan(digital: Path, folder: Path, scan: str, rng: random.Random) -> None:
    from PIL import Image

    dpi = {"clean": 300, "office": 200, "fax": 200, "photo": 220}[scan]
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", digital, folder / "p"], check=True)
    pages = [typeset.damage(Image.open(page).convert("RGB"), scan, rng) for page in sorted(folder.glob("p*.png"))]
    pages[0].save(folder / "s.pdf", "PDF", resolution=dpi, save_all=True, append_images=pages[1:])


@dataclass
class Place:
    """An office of its own in `folder`, its clock set by `on`."""

    folder: Path
    office: dict[str, Any]

    def __post_init__(self) -> None:
        (self.folder / "inbox/di").mkdir(parents=True, exist_ok=True)
        names = [_listed(self.office.get("names", []))]
        units = ", ".join(_listed(unit) for unit in self.office.get("units", []))
        lines = [f"names = {names[0]}", f"units = [{units}]"]
        (self.folder / "vanthu.toml").write_text("[office]\n" + "\n".join(lines) + "\n", encoding="utf-8")

    def on(self, day: date) -> Any:
        """The settings of this office on a day."""
        from vanthu import settings

        told = {"VANTHU_TODAY": day.isoformat(), "VANTHU_INBOX": str(self.folder / "inbox"), "VANTHU_QUIET": "0"}
        return settings.load(told | {"VANTHU_OUTPUTS": str(self.folder / "outputs")}, self.folder)

    @contextmanager
    def register(self, day: date) -> Iterator[Any]:
        """Its register on a day."""
        from vanthu.pipeline.place import Place as Working

        working = Working(self.on(day))
        try:
            yield working.register
        finally:
            working.close()

    def drop(self, printed: list[tuple[Drop, Path]], day: date) -> dict[str, int]:
        """Put the day's files into the inbox, take them in; ids of the entries by the names of the drops."""
        from vanthu.pipeline.run import intake

        for drop, file in printed:
            target = self.folder / "inbox" / ("di" if drop.outgoing else "") / f"{drop.id}.pdf"
            target.write_bytes(file.read_bytes())
            os.utime(target, (0, 0))
        summary = intake(self.on(day))
        return {Path(outcome.name).stem: outcome.entry_id for outcome in summary.outcomes if outcome.entry_id is not None}


def _listed(names: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def run(place: Place, documents: list[Drop], printer: Printer, until: date | None = None, each: Any = None) -> dict[str, int]:
    """All documents on their days, in order; `each(day)` is called at the end of every day with documents. Ids by name."""
    ids: dict[str, int] = {}
    for day in sorted({drop.on for drop in documents}):
        if until is None or day <= until:
            ids |= place.drop([(drop, printer.pdf(drop)) for drop in documents if drop.on == day], day)
            if each:
                each(day)
    return ids
