"""Kill `vanthu intake` with SIGKILL at moments spread over its run, run it again, and count what is lost or doubled.

`python -m benchmarks.kills --kills 20 [--seed N]`
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document as Docx
from openpyxl import Workbook

FILES = 6
"""Letters of each round; one has an annex by its name, one lies in an archive with an annex."""


@dataclass(frozen=True)
class Round:
    """One kill: how long after the start, whether the intake was still running, and what is wrong after the next run."""

    after: float
    hit: bool
    faults: tuple[str, ...]


def letter(path: Path, number: int, *, secret: bool = False) -> Path:
    """A short letter, read without Tesseract."""
    paper = Docx()
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    left.text = f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ RẠCH GIÁ\nSố: {number}/UBND-NV" + ("\nMẬT" if secret else "")
    right.text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nRạch Giá, ngày 06 tháng 3 năm 2024"
    paper.add_paragraph("Kính gửi: Các phòng, ban, ngành thành phố")
    paper.add_paragraph(f"Đề nghị các phòng báo cáo kết quả số {number} trước ngày 22/5/2024.")
    paper.save(str(path))
    return path


def sheet(path: Path) -> Path:
    """A spreadsheet that goes with a letter."""
    book = Workbook()
    book.worksheets[0].append(["TT", path.stem])
    book.save(path)
    return path


def fill(inbox: Path, spare: Path) -> None:
    """The files of one round."""
    inbox.mkdir()
    spare.mkdir()
    for number in range(1, FILES):
        letter(inbox / f"{number}.docx", number)
    sheet(inbox / "1_phu luc.xlsx")
    with zipfile.ZipFile(inbox / "ho so.zip", "w") as archive:
        for file in (letter(spare / f"{FILES}.docx", FILES), sheet(spare / "danh sach.xlsx")):
            archive.write(file, file.name)


def intake(folder: Path) -> "subprocess.Popen[bytes]":
    """The command itself in a process of its own group."""
    settings = {"INBOX": folder / "inbox", "OUTPUTS": folder / "outputs", "QUIET": 0, "TODAY": "2024-03-08", "PREFECT_PORT": 1}
    environment = os.environ | {f"VANTHU_{name}": str(value) for name, value in settings.items()}
    command = [sys.executable, "-c", "from vanthu.cli import run; run()", "intake"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, cwd=folder, stdout=quiet, stderr=quiet, start_new_session=True)


def faults(folder: Path) -> tuple[str, ...]:
    """What is lost or doubled after a run that was not killed."""
    found = []
    with sqlite3.connect(folder / "outputs" / "register.db") as register:
        codes = [row[0] for row in register.execute("SELECT code FROM documents ORDER BY number")]
        attached = register.execute("SELECT count(*) FROM document_files WHERE role<>'main'").fetchone()[0]
        states = dict(register.execute("SELECT state, count(*) FROM files GROUP BY state"))
    if codes != [f"{number}/UBND-NV" for number in range(1, FILES + 1)]:
        found.append(f"entries: {codes}")
    if attached != 3 or states != {"registered": FILES + 3}:
        found.append(f"attached {attached}, files {states}")
    found += [f"left in the inbox: {path.name}" for path in (folder / "inbox").iterdir()]
    check = [sys.executable, "-c", "from vanthu.cli import run; run()", "check"]
    settings = {"VANTHU_INBOX": str(folder / "inbox"), "VANTHU_OUTPUTS": str(folder / "outputs"), "VANTHU_LANG": "en"}
    checked = subprocess.run(check, env=os.environ | settings, cwd=folder, capture_output=True, text=True, check=False)
    return (*found, *([] if checked.returncode == 0 else checked.stdout.splitlines()))


def killed(folder: Path, after: float) -> Round:
    """One round: kill, run again, look."""
    fill(folder / "inbox", folder / "spare")
    process = intake(folder)
    time.sleep(after)
    hit = process.poll() is None
    if hit:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    again = intake(folder)
    again.wait()
    return Round(after, hit, faults(folder))


def usual_seconds(folder: Path) -> tuple[float, float]:
    """When an intake begins to take files in, and when it ends, both in seconds after its start."""
    fill(folder / "inbox", folder / "spare")
    started = time.monotonic()
    process = intake(folder)
    begun = 0.0
    while process.poll() is None:
        time.sleep(0.01)
        begun = begun or (time.monotonic() - started if (folder / "outputs").exists() else 0.0)
    return begun, time.monotonic() - started


def rounds(kills: int, seed: int) -> list[Round]:
    """So many kills, spread over the time from the first claim to the end, each at a random moment of its share."""
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        usual_seconds(_new(folder, "first"))  # the first run reads the programs from the disk
        begun, ended = usual_seconds(_new(folder, "usual"))
        share = (ended - begun) / kills
        moments = [begun + share * (n + chance.random()) for n in range(kills)]
        return [killed(_new(folder, str(n)), after) for n, after in enumerate(moments)]


def _new(folder: str, name: str) -> Path:
    path = Path(folder) / name
    path.mkdir()
    return path


def main() -> int:
    """Print one line a kill and the sum; exit code 1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    done = rounds(given.kills, given.seed)
    for one in done:
        print(f"{one.after:7.3f} s  {'killed' if one.hit else 'had ended'}  {'; '.join(one.faults) or 'nothing lost'}")
    bad = sum(bool(one.faults) for one in done)
    print(f"kills {sum(one.hit for one in done)} of {len(done)}, rounds with a loss {bad}, seed {given.seed}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
