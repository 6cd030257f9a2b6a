"""A plain baseline on the open set: the text as Tesseract (or the PDF) gives it, and a regular expression or two a field.

    python -m benchmarks.baseline [--kinds digital,office] [--sets authored,dev] [--seed 1] [--details]

What a careful afternoon gives without layout, lexicon or grammar; it shows how another system is held against the set: one JSON a
document in a folder, then `benchmarks/score`. Prints rows as `benchmarks.accuracy` does.
"""

import argparse
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from benchmarks import scans
from benchmarks.accuracy import score, upper
from benchmarks.reading import tesseract

TYPES = "quyết định|báo cáo|kế hoạch|thông báo|tờ trình|chỉ thị|nghị quyết|hướng dẫn|chương trình|giấy mời|công điện|kết luận|quy định"
BODY = re.compile(r"(?:UBND|ỦY BAN|HỘI ĐỒNG|BỘ|SỞ|BAN|CỤC|CHI CỤC|VĂN PHÒNG|PHÒNG|TRƯỜNG|BỆNH VIỆN|CÔNG AN|CÔNG TY|TỔNG|ĐẢNG ỦY|TỈNH ỦY)\b")
MOTTO = re.compile(r"CỘNG H[ÒO]A X[ÃA] H[ỘO]I.*|Độc lập.*|ĐẢNG CỘNG SẢN VIỆT NAM.*")
CODE = re.compile(r"\d+[a-zđ]?(?:/\d{4})?[/-][A-ZĐ][\w&.]*(?:[-/][A-ZĐ][\w&.]*)*")
DAY = r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})"
SPOKEN = r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})"
DUE = re.compile(rf"(?:trước|chậm nhất|đến hết|hạn cuối)(?: (?:là|vào))?(?: ngày)?\s*(?:{DAY})", re.IGNORECASE)
NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹ]+ ){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹ]+")
ENDS = re.compile(r"[ .;,:]+$")


def text_of(file: Path, kind: str) -> str:
    """pdftotext of what is born digital, columns on lines of their own; Tesseract, nothing set but the language, of a scan."""
    if kind != "digital":
        return tesseract(file, kind)
    laid_out = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"(?<=\S) {3,}", "\n", laid_out)


def iso(day: str, month: str, year: str) -> str:
    return f"{year}-{int(month):02d}-{int(day):02d}"


def head(lines: list[str]) -> dict[str, Any]:
    """Fields over the body, by the first lines."""
    top = "\n".join(lines[:16])
    place = re.search(r"((?:[A-ZĐÀ-Ỹ][^\s,]+ ?){1,4}), *ngày", top)
    day = re.search(SPOKEN, top)
    number = re.search(r"S[ốo]\s*:?\s*([^\n]+)", top)
    code = CODE.search(re.sub(r"\s", "", number[1])) if number else None
    titled = [n for n, line in enumerate(lines[:25]) if line.strip().isupper() and re.match(TYPES, line.strip().lower())]
    bodies = [b for line in lines[:6] if (b := MOTTO.sub("", line).strip()) and b.isupper() and "SỐ" not in b]
    whole = len(bodies) > 1 and not BODY.match(bodies[-1])  # ỦY BAN NHÂN DÂN / TỈNH AN GIANG is one name
    about = re.search(r"V/v\s*(.+?)(?=\n\s*(?:Kính gửi|[^\n]{3,30}, ngày))", "\n".join(lines), re.DOTALL)
    subject = about[1] if about else " ".join(lines[titled[0] + 1 : titled[0] + 3]) if titled else ""
    box = re.search(r"\b(HỎA TỐC|THƯỢNG KHẨN|KHẨN)\b", top)
    secret = re.search(r"\b(TUYỆT MẬT|TỐI MẬT|MẬT)\b", top)
    return {
        "doc_type": re.findall(TYPES, lines[titled[0]].lower())[0] if titled else "công văn",
        "code": code[0] if code else None,
        "issued_on": iso(*day.groups()) if day else None,
        "place": place[1].strip() if place else None,
        "issuer": (" ".join(bodies) if whole else bodies[-1]).capitalize() if bodies else None,
        "parent": bodies[0].capitalize() if len(bodies) > 1 and not whole else None,
        "subject": re.sub(r"^(?:Về việc|Về|V/v)\s+", "", " ".join(subject.split())) or None,
        "urgency": box[1].lower() if box else None,
        "secrecy": secret[1].lower() if secret else None,
    }


def foot(text: str) -> dict[str, Any]:
    """Lists of receivers and the signer."""
    to = re.search(r"Kính gửi\s*:?[ \n]*((?:-[^\n]*\n+[ ]*)+|[^\n]+)", text)
    after = text.partition("Nơi nhận")[2]
    bullets = [ENDS.sub("", line.strip()[1:].strip()) for line in after.splitlines() if line.strip()[:1] in "-–•" and line.strip()]
    kept = next((b for b in bullets if b.startswith("Lưu")), None)
    names = [m[1] for line in after.splitlines() if (m := re.search(rf"(?:^|[;.] )({NAME.pattern})$", line.strip()))]
    titles = re.findall(r"((?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|CHÁNH VĂN PHÒNG|BÍ THƯ|TRƯỞNG BAN))\s*$", after, re.MULTILINE)
    return {
        "addressees": [ENDS.sub("", line.lstrip("- ")) for line in to[1].splitlines() if line.strip()] if to else [],
        "recipients": [b for b in bullets if not b.startswith("Lưu")],
        "archive": kept.partition(":")[2].strip() or None if kept else None,
        "signer": {"name": names[-1], "position": titles[-1] if titles else None, "authority": None} if names else None,
        "received_stamp": None,
    }


def body(text: str) -> dict[str, Any]:
    """Citations, limits and numbered items."""
    cited = [m for m in CODE.finditer(text) if re.search(r"số\s*$", text[max(0, m.start() - 5) : m.start()])]
    references = {m[0]: {"code": m[0], "doc_type": None, "issued_on": None, "issuer": None} for m in cited}
    for match in cited:
        if day := re.match(rf"\s*ngày\s*{DAY}", text[match.end() : match.end() + 30]):
            references[match[0]]["issued_on"] = iso(*day.groups())
    opening = re.search(r"(?:Thực hiện|Phúc đáp|Trả lời)[^.]*", text)
    items = re.findall(r"^\s*(\d{1,2})[.)]\s+(.+?)(?=\n\s*(?:\d{1,2}[.)]\s|\n)|\Z)", text, re.DOTALL | re.MULTILINE)
    return {
        "references": [*references.values()],
        "replies_to": [code for code in references if opening and code in opening[0]],
        "deadlines": [{"text": m[0], "due_on": iso(*m.groups()), "relative": None, "recurring": None} for m in DUE.finditer(text)],
        "tasks": [{"ordinal": n, "text": " ".join(t.split()), "lead": [], "support": [], "due_on": None} for n, t in items],
    }


def row(name: str, kind: str, seed: int, details: bool) -> str:
    """One line of the table."""
    files, gold = scans.typeset(name, kind, seed), scans.source(name) / "gold"
    pred = scans.BUILD / "baseline" / f"{kind}-{seed}" / name
    pred.mkdir(parents=True, exist_ok=True)
    for path in sorted(gold.glob("*.json")):
        text = text_of(files / f"{path.stem}.pdf", kind)
        lines = [line for line in text.splitlines() if line.strip()]
        record = head(lines) | foot(text) | body(text)
        (pred / path.name).write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    got = score(pred, gold, details)
    n = sum(v["n"] for v in got["scalars"].values())
    wrong = round(got["header_wrong"] * n)
    cells = [name, kind, str(got["documents"]), f"{got['header']:.3f}", f"{wrong}/{n} ≤{upper(wrong, n):.3f}", f"{got['body']:.3f}"]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", default="digital,office")
    parser.add_argument("--sets", default="authored,dev")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    print("| set | kind | documents | header | wrong values | body |\n|---|---|---|---|---|---|")
    for name in args.sets.split(","):
        for kind in args.kinds.split(","):
            print(row(name, kind, args.seed, args.details), flush=True)


if __name__ == "__main__":
    main()
