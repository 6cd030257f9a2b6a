"""Accuracy of extraction over the corpus: born digital and four kinds of scan, as `benchmarks/score` counts.

    python -m benchmarks.accuracy [--kinds digital,office] [--sets authored,dev] [--seed 1] [--details]

Prints a row a set and kind. `header*` is the header without the values that are written by hand in the source. The
figures of wrong and blank header values are given as n of all, with the upper 95 % bound (Clopper-Pearson) of the wrong.
"""

import argparse
import json
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from math import comb
from pathlib import Path
from typing import Any

import yaml

from benchmarks import scans


def predict(job: tuple[Path, Path]) -> None:
    """Read one file under a neutral name and write its record."""
    from extractors import extract
    from models.context import Context
    from vanthu.readers import read

    file, target = job
    target.parent.mkdir(parents=True, exist_ok=True)
    record = extract(read(file), Context(file_name="scan.pdf"))
    target.write_text(json.dumps(record.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")


def upper(errors: int, n: int) -> float:
    """Upper 95 % bound (one-sided) of a rate of which `errors` of `n` were seen: Clopper-Pearson, by bisection."""
    if errors >= n:
        return 1.0
    low, high = errors / n, 1.0
    for _ in range(50):
        p = (low + high) / 2
        below = sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(errors + 1))
        low, high = (p, high) if below > 0.05 else (low, p)
    return high


def score(pred: Path, gold: Path, details: bool = False) -> dict[str, Any]:
    """What `benchmarks/score` says of two folders."""
    if details:
        subprocess.run([sys.executable, str(scans.HERE / "score"), str(pred), str(gold), "--details"], check=True)
    out = subprocess.run(
        [sys.executable, str(scans.HERE / "score"), str(pred), str(gold), "--json"], check=True, capture_output=True, text=True
    )
    return json.loads(out.stdout)


def without_hand(name: str, pred: Path, gold: Path, out: Path) -> tuple[Path, Path]:
    """Both folders again with the values left out that the source has by hand: code, date, arrival number and date."""
    for kind, folder in (("pred", pred), ("gold", gold)):
        (out / kind).mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.json"):
            record = json.loads(file.read_text("utf-8"))
            page = scans.source(name) / "source" / f"{file.stem.split('__')[-1]}.yaml"
            printed = yaml.safe_load(page.read_text("utf-8")) if page.exists() else {}
            for key, field in (("number", "code"), ("place_date", "issued_on")):
                if re.search(r"\{\{hand:", str(printed.get(key, ""))):
                    record[field] = None
            if record.get("received_stamp"):
                record["received_stamp"] = None
            (out / kind / file.name).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return out / "pred", out / "gold"


def row(name: str, kind: str, seed: int, details: bool) -> str:
    """One line of the table."""
    files = scans.typeset(name, kind, seed)
    pred, gold = scans.BUILD / "pred" / f"{kind}-{seed}" / name, scans.source(name) / "gold"
    for old in pred.glob("*.json"):
        old.unlink()
    jobs = [(f, pred / f"{f.stem}.json") for f in sorted(files.glob("*.pdf")) if (gold / f"{f.stem}.json").exists()]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(predict, jobs))
    got = score(pred, gold, details)
    printed = score(*without_hand(name, pred, gold, scans.BUILD / "printed" / f"{kind}-{seed}" / name))
    n = sum(v["n"] for v in got["scalars"].values())
    wrong = round(got["header_wrong"] * n)
    f1 = {field: got["lists"][field]["f1"] for field in ("deadlines", "tasks", "references")}
    cells = [name, kind, str(got["documents"]), f"{got['header']:.3f}", f"{wrong}/{n} ≤{upper(wrong, n):.3f}", f"{printed['header']:.3f}"]
    cells += [f"{printed['header_wrong']:.3f}", f"{got['body']:.3f}", *(f"{v:.3f}" for v in f1.values())]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default=",".join(scans.KINDS))
    parser.add_argument("--sets", default=",".join(scans.SETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    print("| set | kind | documents | header | wrong values | header* | wrong* | body | deadlines | tasks | references |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for name in args.sets.split(","):
        for kind in args.kinds.split(","):
            if any((scans.source(name) / "gold").glob("*.json")):
                print(row(name, "as published" if name == "real" else kind, args.seed, args.details), flush=True)
            if name == "real":
                break


if __name__ == "__main__":
    main()
