"""The corpus as files to read: sets typeset into born-digital PDFs and four kinds of scan, kept under `build/bench`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parent / "build" / "bench"
SHARED = HERE.parent.parent / "shared" / "corpus"
KINDS = ("digital", "clean", "office", "fax", "photo")
SETS = ("seed", "authored", "dev", "test")
PEN = "Kristi"
"""The script face in which numbers and days are written by hand, unless another is named."""


def source(name: str) -> Path:
    """Folder of a set; `real`, public scans that are not ours to ship, stands beside the project where it is at hand."""
    return SHARED / "real" if name == "real" else HERE / "corpus" / name


def typeset(name: str, kind: str, seed: int, pen: str = PEN, most: int | None = None, only: tuple[str, ...] = ("",)) -> Path:
    """Folder with the set's PDFs of one kind (at least the first `most`), made once a seed; `real` is there as it was published.

    `only`: what the names of those that are needed begin with.
    """
    if name == "real":
        return source(name) / "source"
    out = BUILD / (f"{kind}-{seed}" + ("" if pen == PEN else f"-{pen.replace(' ', '')}")) / name
    scan = [] if kind == "digital" else ["--scan", kind]
    command = [sys.executable, str(HERE / "typeset"), str(source(name)), str(out), *scan, "--seed", str(seed), "--pen", pen]
    wanted = sorted(p.stem for p in (source(name) / "source").glob("*.yaml") if p.stem.startswith(only))[:most]
    missing = [stem for stem in wanted if not (out / f"{stem}.pdf").exists()]
    for one in [[]] if missing and most is None and only == ("",) else [["--only", stem] for stem in missing]:
        subprocess.run([*command, *one], check=True, stdout=subprocess.DEVNULL)
    return out


def texts(
    name: str, kind: str, seed: int, pen: str = PEN, most: int | None = None, only: tuple[str, ...] = ("",)
) -> list[tuple[Path, Path]]:
    """Files to read, each with its printed text: all of a set, its first `most`, or those whose names begin so."""
    folder = typeset(name, kind, seed, pen, most, only)
    printed = source("real") / "text" if name == "real" else folder / "text"
    return [(folder / f"{text.stem}.pdf", text) for text in sorted(printed.glob("*.txt")) if text.stem.startswith(only)][:most]
