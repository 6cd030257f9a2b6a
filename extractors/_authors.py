"""Tác giả của văn bản được viện dẫn: the body or office-holder named in the same clause as a citation's author."""

import re
from functools import cache

from extractors._lexicon import table
from models.text import fold

_OFFICE = re.compile(r"\s*(?:\((?!của)[^)]{0,40}\))?\s*[,.]?\s*của\s+")
_WORD = re.compile(r"[^\s,;.()“”\"]+|[,;.()“”\"]")
_STOP = frozenset(
    {"về", "v/v", "quy", "phê", "hướng", "triển", "thực", "sửa", "bổ", "thay", "gửi", "đến", "để", "giao", "yêu", "đề", "tiếp", "kèm", "có"}
    | {"trong", "nêu", "tại", "thông", "chỉ", "cho", "là", "do", "được", "đã", "báo", "hỏi", "phân", "theo", "ngày", "số", "từ", "như"}
    | {"nhằm", "mà", "khi", "việc", "kết", "sau", "trước", "năm", "giai", "hợp", "đối", "trả", "hiện", "đang", "phát", "với", "vừa", "tăng"}
    | {"còn", "chưa", "không", "vẫn", "đều", "cùng", "gồm", "bằng", "vào", "cần", "phải", "sẽ", "nên", "thì", "cũng"}
)
_PLANNERS = re.compile(r"(?:Bộ|Sở) Kế hoạch và Đầu tư|Phòng Tài chính\s?-\s?Kế hoạch|(?:Ban|Phòng|Vụ) Kế hoạch\b")
"""Bodies in whose names the name of a type stands."""
_IN_NAMES = frozenset(
    {"giao thông", "phát triển", "truyền thông", "phổ thông", "viễn thông", "thông tin", "thông tấn", "thực phẩm", "thực vật", "thực hành"}
    | {"hợp tác", "phát thanh", "kết nối", "ban chỉ", "chỉ huy", "tiếp công", "tiếp dân", "việc làm", "báo chí", "giao dịch", "phòng không"}
)
"""Words of names of which a part would end one: `Sở Giao thông vận tải`, `Chi cục Bảo vệ thực vật`."""

_COMMITTEE = re.compile(r"(?:Ban Chỉ đạo|Tổ công tác|Ủy ban Quốc gia)[^.;()]{0,60}? về [^.;()]{5,140}?(?= về )")
_TYPES = (
    *("cong van", "quyet dinh", "ke hoach", "thong bao", "nghi dinh", "nghi quyet", "chi thi", "thong tu"),
    *("van ban", "ket luan", "chuong trinh", "cong dien", "luat", "to trinh", "bao cao"),
)
_MORE_HEADS = ("Thủ tướng", "Quốc hội", "Phó", "Thống đốc", "Viện trưởng", "Liên ngành", "Tổng Bí thư", "Ban Bí thư", "Tổng Liên đoàn")
_ISSUES = (
    r"(?:đã |vừa |cũng đã |trình bày |chỉ đạo |ký |tiếp tục )*(?:ban hành|có|gửi|phát hành|trình|thông qua|chỉ đạo|hướng dẫn|trình bày"
    r"|yêu cầu|đề nghị|thông báo|kết luận|cho ý kiến|giao|phê duyệt|nêu)"
)


_BY_ANOTHER = re.compile(r"\b(?:theo|thực hiện|triển khai|căn cứ)\b")
"""`gửi kết quả theo Thông báo số …`: what the body does by another's document."""


@cache
def _head() -> str:
    heads = {row["phrase"] for row in table("body_heads") if row["kind"] in ("proper", "person") and row["phrase"][:1].isupper()}
    return f"(?:{'|'.join(map(re.escape, sorted({*heads, *_MORE_HEADS}, key=len, reverse=True)))})"


@cache
def _before() -> tuple[re.Pattern[str], ...]:
    """Where a body stands before what it wrote: `của X tại …`, `X chỉ đạo tại …`, `X ban hành …`."""
    return (
        re.compile(rf"của (?P<body>{_head()}\b[^;:.()]{{0,100}}?)\s(?:về [^,;.]{{3,60}} )?tại\s*(?:các )?$"),
        re.compile(
            rf"(?:^|[\s,(])(?:được |do |nghe )?(?P<body>{_head()}\b[^;:.()]{{0,90}}?)\s(?:{_ISSUES})[^;:.()]{{0,50}}?\stại\s*(?:các )?$"
        ),
        re.compile(rf"(?:^|[\s(])(?P<body>{_head()}\b[^;:.]{{0,90}}?)\s(?:{_ISSUES})(?P<what> [^,;.:]{{0,40}})?\s*(?:các )?$"),
    )


def author_after(text: str, at: int) -> tuple[str | None, int]:
    """`của Bộ Tài chính` right after a number or date: the name and where it ends, else (None, `at`)."""
    office = _OFFICE.match(text, at)
    if not office:
        return None, at
    end = _name_end(text, office.end())
    name = text[office.end() : end].strip(" ,")
    return (name, office.end() + len(name)) if name and (name[0].isupper() or name.startswith("liên ")) else (None, at)


def author_before(text: str, low: int, at: int) -> str | None:
    """`ý kiến của Sở Tài chính tại Văn bản số …`, `Sở Xây dựng đã ban hành Công văn số …`: the body named before a citation."""
    clause = re.split(r"[;:]|\.\s", text[max(low, at - 220) : at])[-1]
    for pattern in _before():
        if (match := pattern.search(clause)) and not _BY_ANOTHER.search(match.groupdict().get("what") or ""):
            body = _last_body(match["body"])
            end = _name_end(body, 0)
            return None if body[end:].startswith(",") else body[:end].strip(" ,") or None
    return None


def _last_body(text: str) -> str:
    """Of `Thực hiện chỉ đạo của X, Y` the body that stands last."""
    parts = [m.start() for m in re.finditer(rf"(?:(?<=, )|(?<=của )){_head()}\b", text)]
    return text[parts[-1] :] if parts else text


def _name_end(text: str, at: int) -> int:
    """End of a body's name: capitals and the small words of names, up to a verb, a mark or another document."""
    committee = _COMMITTEE.match(text, at)
    if committee:
        return committee.end()
    end = at
    for count, match in enumerate(_WORD.finditer(text, at)):
        word = match[0]
        rest = fold(text[match.end() : match.end() + 24]).lstrip()
        if count > 22 or word in ';.()“”"' or (_stops(word) and not _in_name(text, at, match)):
            break
        if word == "," and not _list_in_name(text[at : match.start()], text[match.end() :]):
            break
        if word == "và" and (not text[match.end() :].lstrip()[:1].isupper() or rest.startswith(_TYPES) or rest.startswith("y kien")):
            break
        typed = fold(text[match.start() : match.start() + 12]).startswith(_TYPES)
        if count and word[:1].isupper() and typed and not _PLANNERS.match(text, at):
            break
        end = match.end()
    return end


def _stops(word: str) -> bool:
    return word[:1].islower() and word in _STOP


def _in_name(text: str, at: int, match: re.Match[str]) -> bool:
    before, after = text[at : match.start()].split()[-1:], text[match.end() :].split(maxsplit=1)[:1]
    pairs = (f"{before[0]} {match[0]}" if before else "", f"{match[0]} {after[0].strip(',.;')}" if after else "")
    return any(pair.lower() in _IN_NAMES for pair in pairs)


def _list_in_name(before: str, after: str) -> bool:
    """The comma of `Văn hóa, Thể thao và Du lịch`, `Kinh tế, Hạ tầng và Đô thị`."""
    known = (("Văn hóa", "Thể thao"), ("Văn hoá", "Thể thao"), ("Kinh tế", "Hạ tầng"), ("Bộ trưởng", "Chủ nhiệm"))
    return any(before.endswith(first) and after.lstrip().startswith(second) for first, second in known)
