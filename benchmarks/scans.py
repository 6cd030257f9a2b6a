"""The corpus as files to read: sets typeset into born-digital PDFs and four kinds of scan, kept under `build/bench`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parent / "build" / "bench"
SHARED = HERE.parent.parent / "shared" / "corpus"
KINDS = ("digital", "clean", "office", "fax", "photo")
SETS = ("seed", "authored", "dev", "test")


def source(name: str) -> Path:
    """Folder of a set; `real`, public scans that are not ours to ship, stands beside the project where it is at hand."""
    return SHARED / "real" if name == "real" else HERE / "corpus" / name


def typeset(name: str, kind: str, seed: int) -> Path:
    """Folder with the set's PDFs of one kind, made once a seed; `real` is there as it was published."""
    if name == "real":
        return source(name) / "source"
    out = BUILD / f"{kind}-{seed}" / name
    sources = {p.stem for p in (source(name) / "source").glob("*.yaml")}
    if sources - {p.stem for p in out.glob("*.pdf")}:
        scan = [] if kind == "digital" else ["--scan", kind]
        subprocess.run(
            [sys.executable, str(HERE / "typeset"), str(source(name)), str(out), *scan, "--seed", str(seed)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return out
