"""The desk measured through HTTP and a real browser on a full register.

`python -m benchmarks.desk [--review 20000] [--list 100000] [--folder DIR]`: makes synthetic registers (or takes those that lie in DIR
already), starts the desk as an office does, and measures list and search pages, the time from Enter to the next document with its
picture decoded, and the keys and clicks that a right document and one wrong field take.
"""

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks import synthetic
from vanthu.readers import confined
from vanthu.register import Register, projection
from vanthu.samples import SAMPLE

CHROMIUM = "/usr/bin/chromium"
PAGES = {
    "list, first page": ["/", "/?trang=2"],
    "list, far page": ["/?trang=200", "/?trang=1500"],
    "list, filtered": ["/?nam=2026", "/?loai=báo cáo", "/?coquan=Sở Nội vụ", "/?canxem=1", "/?tu=01/3/2026&den=31/3/2026"],
    "list, sorted": ["/?xep=code", "/?xep=issuer-", "/?xep=issued_on"],
    "search, rare words": ["/?q=sạt lở bờ biển", '/?q="dân chủ ở cơ sở"'],
    "search, code": ["/?q=221/UBND-NV", "/?q=so:221"],
    "search, common words": ["/?q=báo cáo", "/?q=bao cao ket qua"],
    "one document": ["/van-ban/77", "/van-ban/19000"],
    "follow-ups": ["/viec?cua=tatca", "/viec?cua=tatca&donvi=Phòng Nội vụ", "/viec/bang?cua=tatca", "/viec/lich?cua=tatca"],
    "overview": ["/tong-quan"],
}
SMALL = "/static/icon.svg"
COUNTING = """for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, (event) =>
  event.isTrusted && sessionStorage.setItem("presses", Number(sessionStorage.getItem("presses")) + 1), true)"""
"""Presses and clicks as the browser sees them, counted over pages."""


@contextmanager
def desk(outputs: Path) -> Iterator[tuple[str, int]]:
    """The desk of a folder, as `vanthu desk` runs it: its address and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"OUTPUTS": outputs, "INBOX": outputs.parent / "inbox", "PORT": port, "TODAY": synthetic.LAST}
    environment = os.environ | {f"VANTHU_{name}": str(value) for name, value in settings.items()}
    (outputs.parent / "inbox").mkdir(exist_ok=True)
    server = subprocess.Popen([sys.executable, "-m", "vanthu", "desk"], env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address + SMALL)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(30)


def _wait(address: str) -> None:
    until = time.monotonic() + 600
    while True:
        try:
            urllib.request.urlopen(address, timeout=300).read()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


def _took(address: str) -> float:
    asked = quote(address, safe=":/?=&")
    began = time.perf_counter()
    with urllib.request.urlopen(asked, timeout=300) as answer:
        answer.read()
    return 1000 * (time.perf_counter() - began)


def _busy(process: int) -> float:
    """Milliseconds for which a process has had a processor: what others do at the same time is not in it."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pages(address: str, process: int, times: int) -> None:
    """Milliseconds of each kind of page, beside those of a small file that the same server hands out in between.

    `processor`: what a page costs the server, a mean; on a quiet machine it is nearly all of its time.
    """
    print(f"{'page':24} {'n':>4} {'median':>8} {'p95':>8} {'processor':>10}   (small file: median, p95)")
    for name, paths in PAGES.items():
        for path in paths:
            _took(address + path)
        here, small, before = [], [], _busy(process)
        for turn in range(times):
            here.append(_took(address + paths[turn % len(paths)]))
            small.append(_took(address + SMALL))
        cost = (_busy(process) - before) / times
        beside = f"({statistics.median(small):.1f}, {_p95(small):.1f})"
        print(f"{name:24} {times:4} {statistics.median(here):8.1f} {_p95(here):8.1f} {cost:10.1f}   {beside}", flush=True)


def _p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def unsure(outputs: Path, count: int) -> None:
    """So many documents, spread over the register, get an unsure number and a real scan: they alone wait for a person."""
    with Register.open(outputs, today=synthetic.LAST) as register:
        base = register.base
        if base.value("SELECT count(*) FROM documents WHERE to_review=1") <= count:
            return
        base.conn.execute("UPDATE documents SET reviewed_at='9999' WHERE to_review=1")
        read, _ = confined.read(SAMPLE)
        each = max(1, base.value("SELECT count(*) FROM documents") // count)
        for row in base.rows("SELECT id, machine, file_id FROM documents WHERE id % ? = 7 ORDER BY id LIMIT ?", each, count):
            machine = json.loads(row["machine"])
            _all_sure(machine["_found"])
            machine["_found"]["code"] |= {"confidence": 0.4, "needs_look": True, "rule": "code.handwritten"}
            text = json.dumps(machine, ensure_ascii=False)
            base.conn.execute("UPDATE documents SET machine=?1, record=?1, looks=1, reviewed_at=NULL WHERE id=?2", (text, row["id"]))
            projection.write_pages(base, row["id"], read)
            scan = outputs / "scan.pdf"
            scan.write_bytes(SAMPLE.read_bytes() + b"\n%% %d" % row["id"])
            base.conn.execute("UPDATE files SET sha256=? WHERE id=?", (register.store.keep(scan)[0], row["file_id"]))


def through_http(address: str, process: int, documents: int) -> None:
    """The server's part of Enter: what was accepted is saved, the next page and its picture are handed out; without a browser."""
    page, took, small, before = _text(f"{address}/duyet"), [], [], 0.0
    for turn in range(documents + 3):
        if turn == 3:
            took, small, before = [], [], _busy(process)
        form = urlencode(_as_sent(page) | {"buoc": "nhan"}).encode()
        target = re.search(r'action="(/van-ban/\d+/duyet)"', page)
        began = time.perf_counter()
        page = _text(address + target[1], form) if target else ""
        picture = re.search(r'<img src="([^"]+)"', page)
        _text(address + picture[1]) if picture else ""
        took.append(1000 * (time.perf_counter() - began))
        small.append(_took(address + SMALL))
    cost = (_busy(process) - before) / documents
    told = f"median {statistics.median(took):.0f} ms, p95 {_p95(took):.0f} ms, processor {cost:.0f} ms"
    beside = f"(small file: {statistics.median(small):.1f}, {_p95(small):.1f})"
    print(f"Enter to the next document, the server's part: n={documents} {told} {beside}")


def _text(address: str, form: bytes | None = None) -> str:
    origin = "/".join(address.split("/")[:3])
    with urllib.request.urlopen(urllib.request.Request(address, form, {"Origin": origin}), timeout=300) as answer:
        return str(answer.read().decode("utf-8", "replace"))


def _as_sent(page: str) -> dict[str, str]:
    """What a browser would send of the review form as it stands."""
    body = page[page.index('id="duyet"') : page.index('id="hoan-tac"')]
    inputs = [re.search(r'name="([^"]*)".*?value="([^"]*)"', tag) for tag in re.findall(r"<input[^>]*>", body) if "checkbox" not in tag]
    areas = re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', body, re.DOTALL)
    return {name: unescape(value) for name, value in [*(one.groups() for one in inputs if one), *areas]}


def _all_sure(found: dict[str, Any]) -> None:
    """A right document: nothing else in it waits for a person."""
    for one in found.values():
        for part in one if isinstance(one, list) else [one]:
            if part:
                part["needs_look"] = False


def review(address: str, documents: int) -> None:
    """From Enter to the next document, its first picture decoded; and what a person has to press."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.add_init_script(COUNTING)
        page = context.new_page()
        page.set_default_timeout(300_000)
        page.goto(f"{address}/duyet")
        took = []
        for _ in range(documents + 3):
            page.wait_for_load_state("load")
            page.wait_for_timeout(400)  # a person looks at the document; meanwhile the next picture is fetched
            here = page.url
            began = time.perf_counter()
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url, here=here: url != here, wait_until="domcontentloaded")
            page.locator(".sheet img").first.evaluate("image => image.decode()")
            took.append(1000 * (time.perf_counter() - began))
        steady = took[3:]
        told = f"median {statistics.median(steady):.0f} ms, p95 {_p95(steady):.0f} ms, most {max(steady):.0f} ms"
        print(f"Enter to the next document: n={len(steady)} {told}")
        print(f"to accept a right document: {_presses(page) / len(took):g} presses and clicks")
        _mend(page)
        browser.close()


def _mend(page: Any) -> None:
    """One wrong value mended with a word of the picture, and the document accepted."""
    before, here = _presses(page), page.url
    page.locator("#in-place").click()
    _click_a_word(page)
    while page.url == here:
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
    print(f"to mend one wrong field with a word of the picture and accept: {_presses(page) - before} presses and clicks")


def _click_a_word(page: Any) -> None:
    """Some word of the picture, by trial: what a person sees at once."""
    page.wait_for_timeout(1000)  # the field's place is scrolled to
    shown = page.locator(".paper").bounding_box()
    before = page.locator("#in-place").input_value()
    for tried, down in enumerate(n / 100 for n in range(5, 95, 2)):
        page.mouse.click(shown["x"] + 0.3 * shown["width"], shown["y"] + down * shown["height"])
        page.wait_for_timeout(300)
        if page.locator("#in-place").input_value() != before:
            page.evaluate("tried => sessionStorage.setItem('presses', sessionStorage.getItem('presses') - tried)", tried)
            return
    raise RuntimeError("no word under the pointer")


def _presses(page: Any) -> int:
    return int(page.evaluate("Number(sessionStorage.getItem('presses'))"))


def _register(folder: Path, documents: int) -> Path:
    outputs = folder / f"n{documents}" / "outputs"
    if not (outputs / "register.db").is_file():
        synthetic.fill(outputs, documents)
    return outputs


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--review", type=int, default=20_000)
    parser.add_argument("--list", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vanthu-desk-") as passing:
        folder = given.folder or Path(passing)
        if given.review:
            outputs = _register(folder, given.review)
            unsure(outputs, 200)
            print(f"\nReview at {given.review} documents", flush=True)
            with desk(outputs) as (address, process):
                through_http(address, process, given.times)
                review(address, given.times)
        if given.list:
            outputs = _register(folder, given.list)
            print(f"\nPages at {given.list} documents", flush=True)
            with desk(outputs) as (address, process):
                pages(address, process, given.times)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
