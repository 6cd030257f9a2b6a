"""What names learnt from corrections mend, and whether they harm: each document read once, extracted without and with them.

    python -m benchmarks.learning [--kinds clean,office,fax,photo] [--sets dev] [--seed 1] [--details]

`same`: names of all bodies, signers and places of the sets are learnt, as if an earlier paper of each office had been corrected.
`others`: all but those of the document's own gold, so that whatever changes is harm (or a name that two papers share). Prints how
many of the values (code, place, issuer, parent, name of the signer) went from blank or wrong to right, and from right to not right.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import scans
from benchmarks.accuracy import upper
from extractors import extract
from extractors._learnt import abbreviation_of
from models.context import Context, Learnt, LearntBody, LearntSigner
from models.text import fold
from vanthu.readers import read

FIELDS = ("code", "place", "issuer", "parent", "signer.name")
Json = dict[str, Any]


def learnt(golds: Iterable[Json]) -> Learnt:
    """All names of some records, as a register would have learnt them."""
    bodies, signers, places = [], [], []
    for gold in golds:
        bodies.append(LearntBody(gold["issuer"], gold["parent"], abbreviation_of(gold["code"])))
        bodies += [LearntBody(gold["parent"])] if gold["parent"] else []
        places += [gold["place"]] if gold["place"] else []
        if gold["signer"] and gold["signer"]["name"]:
            signers.append(LearntSigner(gold["signer"]["name"], gold["signer"]["position"], gold["issuer"], gold["parent"]))
    return Learnt(tuple(dict.fromkeys(bodies)), tuple(dict.fromkeys(signers)), tuple(dict.fromkeys(places)))


def value(record: Json, field: str) -> Any:
    """A value by its path."""
    head, _, part = field.partition(".")
    return (record[head] or {}).get(part) if part else record[head]


def state(got: Any, gold: Any) -> str:
    """right, blank or wrong, tone marks counting, case not."""
    if got is None or gold is None:
        return "right" if got is gold else "blank" if got is None else "wrong"
    return "right" if str(got).lower() == str(gold).lower() else "wrong"


def compare(job: tuple[Path, str, dict[str, Json]]) -> list[tuple[str, str, str, str, Any, Any]]:
    """(mode, field, state without, state with, value without, value with) of one file."""
    file, stem, golds = job
    document = read(file)
    plain = extract(document, Context()).as_json()
    own = {fold(name) for name in (golds[stem]["issuer"], golds[stem]["parent"]) if name}
    found = []
    for mode in ("same", "others"):
        kept = [g for g in golds.values() if mode == "same" or (g is not golds[stem] and fold(g["issuer"] or "") not in own)]
        known = extract(document, Context(learnt=learnt(kept))).as_json()
        for field in FIELDS:
            gold, before, after = value(golds[stem], field), value(plain, field), value(known, field)
            found.append((mode, field, state(before, gold), state(after, gold), before, after))
    return found


def rows(kinds: list[str], names: list[str], seed: int, details: bool) -> Iterator[str]:
    """A row a mode and kind."""
    paths = {path.stem: path for name in names for path in (scans.source(name) / "gold").glob("*.json")}
    golds = {stem: json.loads(path.read_text("utf-8")) for stem, path in sorted(paths.items())}
    for kind in kinds:
        files = {path.stem: path for name in names for path in scans.typeset(name, kind, seed).glob("*.pdf") if path.stem in golds}
        with ProcessPoolExecutor(2) as pool:
            results = dict(zip(files, pool.map(compare, [(path, stem, golds) for stem, path in files.items()]), strict=True))
        if details:
            yield from (f"{stem}: {row}" for stem, found in results.items() for row in found if row[2] != row[3])
        for mode in ("same", "others"):
            seen = Counter((b == "right", a == "right") for found in results.values() for m, _, b, a, _, _ in found if m == mode)
            n, harmed = sum(seen.values()), seen[True, False]
            yield f"| {kind} | {mode} | {n} | {seen[False, True]} | {harmed}/{n} ≤{upper(harmed, n):.3f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default="clean,office,fax,photo")
    parser.add_argument("--sets", default="dev")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    print("| scan | learnt | values | mended | harmed |\n|---|---|---|---|---|")
    for row in rows(args.kinds.split(","), args.sets.split(","), args.seed, args.details):
        print(row, flush=True)


if __name__ == "__main__":
    main()
