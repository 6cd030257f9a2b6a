"""What stacks are made of: documents of the corpus and the sheets between them, each printed, scanned and read once a kind."""

import json
import pickle
import random
import subprocess
import zlib
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import yaml
from PIL import Image, ImageDraw

from benchmarks.scans import BUILD, HERE
from models.document import Page

GROUPS = {"dev": ("dev",), "test": ("seed", "authored"), "held-out": ("test",)}
"""Which documents of the corpus go together; `held-out` has the sheets of `test`. Rules are tuned on `dev`."""

OWN = HERE / "corpus" / "batches"
_DPI = {"clean": 300, "office": 200, "fax": 200, "photo": 220}
_UPSIDE_DOWN = 0.08
_NUMBERED = 0.7
_BLANKS = 4


@dataclass(frozen=True)
class Unit:
    """Pages that always stand together: a document, an annex of one, a cover sheet, a separator, a blank page.

    `of` is the document that an annex belongs to; `html` None for a blank page.
    """

    name: str
    role: str
    html: str | None
    black: str | None = None
    digital: str | None = None
    of: str = ""


def units(group: str) -> list[Unit]:
    """All units of a group."""
    typeset = _typeset()
    documents = [*_sources(group)]
    found = [_document(typeset, path) for path in documents]
    sheets = yaml.safe_load((_own(group) / "sheets.yaml").read_text("utf-8"))
    annexes = [sheet for sheet in sheets if sheet["role"] == "annex"]
    for n, path in enumerate(documents):
        gold = path.parent.parent / "gold" / f"{path.stem}.json"
        if gold.exists():
            found += [_annex(typeset, path, gold, annexes, n + more) for more in (0, 3)]
    found += [_sheet(typeset, sheet["name"], sheet["role"], sheet["html"]) for sheet in sheets if sheet["role"] != "annex"]
    return found + [Unit(f"blank-{n}", "blank", None) for n in range(_BLANKS)]


def _sources(group: str) -> list[Path]:
    folders = [HERE / "corpus" / name for name in GROUPS[group]] + [_own(group)]
    return [path for folder in folders for path in sorted((folder / "source").glob("*.yaml"))]


def _own(group: str) -> Path:
    return OWN / ("test" if group == "held-out" else group)


def _document(typeset: Any, path: Path) -> Unit:
    doc = yaml.safe_load(path.read_text("utf-8"))
    made = {scan: typeset.page(doc, _chance(path.stem), scan, "Kristi")[0] for scan in ("office", "fax", None)}
    return Unit(path.stem, "document", made["office"], made["fax"], made[None])


def _annex(typeset: Any, path: Path, gold: Path, annexes: list[dict[str, Any]], turn: int) -> Unit:
    record = json.loads(gold.read_text("utf-8"))
    fitting = [sheet for sheet in annexes if record["doc_type"] in sheet.get("types", [record["doc_type"]])]
    sheet = fitting[turn % len(fitting)]
    code = record["code"] or ""
    year, month, day = (record["issued_on"] or "2026-01-05").split("-")
    values = {
        "{Type}": (record["doc_type"] or "công văn").capitalize(),
        "{code}": code,
        "{symbol}": code.partition("/")[2],
        "{date}": f"{day}/{month}/{year}",
        "{issuer}": record["issuer"] or "",
        "{ISSUER}": (record["issuer"] or "").upper(),
    }
    html = sheet["html"]
    for key, value in values.items():
        html = html.replace(key, value)
    return _sheet(typeset, f"{path.stem}+{sheet['name']}", "annex", html, path.stem)


def _sheet(typeset: Any, name: str, role: str, html: str, of: str = "") -> Unit:
    css = typeset.CSS % {"font": "Liberation Serif", "size": 13.5, "tilt": 0, "pen": '"Kristi"', "ink": "#111", "stamp": "#222"}
    whole = f'<!doctype html><html lang="vi"><meta charset="utf-8"><style>{css}</style><body>{html}</body></html>'
    return Unit(name, role, whole, whole, whole, of)


def _typeset() -> Any:
    loader = SourceFileLoader("typeset", str(HERE / "typeset"))
    module = module_from_spec(spec_from_loader("typeset", loader) or _none())
    loader.exec_module(module)
    return module


def _none() -> Any:
    raise ImportError("typeset")


def _chance(*words: object) -> random.Random:
    return random.Random(zlib.crc32(" ".join(map(str, words)).encode()))


def pages(unit: Unit, group: str, kind: str) -> list[Page]:
    """The unit's pages as they are read, kept once they were."""
    kept = BUILD / "batches" / group / kind / f"{unit.name}.pickle"
    if not kept.exists():
        from vanthu.readers import read

        document = read(pdf(unit, group, kind))
        kept.write_bytes(pickle.dumps(document.pages))
    found: list[Page] = [*pickle.loads(kept.read_bytes())]
    return found


def pdf(unit: Unit, group: str, kind: str) -> Path:
    """The unit as a PDF of this kind, kept once it was made."""
    path = BUILD / "batches" / group / kind / f"{unit.name}.pdf"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as folder:
            printed = Path(folder, "printed.pdf")
            _print(unit, kind, printed)
            if kind == "digital":
                path.write_bytes(printed.read_bytes())
            else:
                _scan(unit, kind, printed, path)
    return path


def _print(unit: Unit, kind: str, target: Path) -> None:
    html = {"digital": unit.digital, "fax": unit.black}.get(kind, unit.html)
    if html is None:
        with pikepdf.new() as blank:
            blank.add_blank_page(page_size=(595, 842))
            blank.save(target)
        return
    _typeset().print_pdf(html, target)
    if unit.role == "document" and _chance("numbered", unit.name).random() < _NUMBERED:
        _number(target)


def _number(target: Path) -> None:
    """Page numbers in the top margin from the second page on (Decree 30/2020, Annex I)."""
    with pikepdf.open(target, allow_overwriting_input=True) as printed:
        for n, page in enumerate(printed.pages[1:], 2):
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman"))
            page.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/Folio"))
            page.contents_add(b"q\n", prepend=True)
            box = [float(side) for side in page.mediabox]
            at = f"{box[2] / 2 - 4:.1f} {box[3] - 38:.1f}"
            page.contents_add(f"\nQ BT /Folio 14 Tf {at} Td ({n}) Tj ET".encode("ascii"))
        printed.save(target)


def _scan(unit: Unit, kind: str, printed: Path, target: Path) -> None:
    chance = _chance("scan", unit.name, kind)
    with TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(_DPI[kind]), "-png", printed, f"{folder}/p"], check=True)
        images = [Image.open(path).convert("RGB") for path in sorted(Path(folder).glob("p*.png"))]
        if unit.role == "blank":
            images = [_back(image, chance) for image in images]
        done = [_typeset().damage(image, kind, chance) for image in images]
        turned = [image.rotate(180) if chance.random() < _UPSIDE_DOWN and unit.role != "blank" else image for image in done]
        turned[0].save(target, "PDF", resolution=_DPI[kind], save_all=True, append_images=turned[1:])


def _back(image: Image.Image, chance: random.Random) -> Image.Image:
    """The back of a sheet: holes at the edge, the print of its face shining through."""
    draw = ImageDraw.Draw(image)
    width, height = image.size
    if chance.random() < 0.5:
        for y in (0.44, 0.56):
            draw.ellipse([width * 0.965, height * y, width * 0.99, height * y + width * 0.025], fill=(90, 90, 90))
    if chance.random() < 0.6:
        for row in range(60):
            top = height * (0.1 + row * 0.0128)
            for word in range(14):
                left = width * (0.08 + word * 0.06)
                draw.rectangle([left, top, left + width * chance.uniform(0.01, 0.05), top + height * 0.006], fill=(238, 238, 238))
    return image
