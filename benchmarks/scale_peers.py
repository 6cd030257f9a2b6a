"""What others would do with the same texts and questions: FTS5 with bm25 alone, Tantivy, Whoosh."""

import re
import statistics
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.scale_mix import MIX, questions
from models.text import fold
from vanthu.register.connection import Base

_SAMPLE = 20_000
"""The others index so many of the newest texts: Whoosh takes a second for a hundred."""


def bm25(base: Base, text: str) -> list[object]:
    """The first twenty, ranked by FTS5's own bm25 over all columns, without passages."""
    words = " AND ".join(f'"{word}"' for word in re.findall(r"\w+", fold(text)))
    return base.rows("SELECT rowid FROM texts_fts WHERE texts_fts MATCH ? ORDER BY rank LIMIT 20", words)  # type: ignore[return-value]


def others(base: Base) -> list[str]:
    """A line for each that is installed: time to index a document, p50 and p95 of all plain questions."""
    asked = [fold(one).replace('"', " ") for kind in MIX if MIX[kind].plain for one in questions(base, kind)]
    found = []
    for name, run in (("tantivy", _tantivy), ("whoosh", _whoosh)):
        if find_spec(name):
            with TemporaryDirectory() as folder:
                found.append(f"{name}, newest {_SAMPLE}: {run(base, asked, Path(folder))}")
        else:
            found.append(f"{name}: not installed")
    return found


def _texts(base: Base) -> list[tuple[int, str]]:
    sql = "SELECT document_id, code || ' ' || subject || ' ' || issuer || ' ' || names || ' ' || body FROM texts ORDER BY 1 DESC LIMIT ?"
    return [(row[0], row[1]) for row in base.conn.execute(sql, (_SAMPLE,))]


def _said(began: float, indexed: float, count: int, times: list[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"{(indexed - began) / count * 1000:.2f} ms a document to index, p50 {statistics.median(ordered):.1f} ms, p95 {p95:.1f} ms"


def _tantivy(base: Base, asked: list[str], folder: Path) -> str:
    import tantivy

    schema = tantivy.SchemaBuilder().add_integer_field("id", stored=True).add_text_field("body").build()
    texts, began = _texts(base), time.perf_counter()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for id_, text in texts:
        writer.add_document(tantivy.Document(id=id_, body=text))
    writer.commit()
    indexed = time.perf_counter()
    index.reload()
    searcher, times = index.searcher(), []
    for _ in range(2):
        times = []
        for one in asked:
            start = time.perf_counter()
            searcher.search(index.parse_query(" AND ".join(re.findall(r"\w+", one)) or "x", ["body"]), 20)
            times.append((time.perf_counter() - start) * 1000)
    return _said(began, indexed, len(texts), times)


def _whoosh(base: Base, asked: list[str], folder: Path) -> str:
    from whoosh import fields, index, qparser

    schema = fields.Schema(id=fields.NUMERIC(stored=True), body=fields.TEXT)
    texts, began = _texts(base)[: _SAMPLE // 10], time.perf_counter()
    made = index.create_in(str(folder), schema)
    writer = made.writer(limitmb=256)
    for id_, text in texts:
        writer.add_document(id=id_, body=text)
    writer.commit()
    indexed, times = time.perf_counter(), []
    with made.searcher() as searcher:
        parser = qparser.QueryParser("body", schema)
        for one in asked:
            start = time.perf_counter()
            searcher.search(parser.parse(" AND ".join(re.findall(r"\w+", one)) or "x"), limit=20)
            times.append((time.perf_counter() - start) * 1000)
    return _said(began, indexed, len(texts), times)
