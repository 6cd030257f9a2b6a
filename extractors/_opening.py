"""Câu mở đầu: which of the documents that an opening sentence cites it carries out, answers, decides on or reports on.

`Thực hiện A về …; B …, Sở C đã ban hành D`: A and B, not what their titles name, nor what comes after the writer's own act.
Bases (`Căn cứ …`), opinions (`ý kiến thẩm định của …`) and reports heard are none.
"""

import re
from collections.abc import Iterator, Sequence

from extractors._patterns import CAPITAL
from models.text import fold

_ANSWERS = re.compile(
    r"\b(?:phuc dap|tra loi|ve de nghi|theo (?:yeu cau|de nghi|chi dao|y kien chi dao|noi dung|tinh than)"
    r"|xet (?:de nghi|to trinh|cong van|van ban|bao cao de xuat)|sau khi (?:nhan duoc|xem xet|nghien cuu)|nhan duoc|tiep nhan|chap hanh"
    r"|(?<!giao )thuc hien|trien khai(?: thuc hien)?|thi hanh|tren co so (?:de nghi|yeu cau|chi dao)"
    r"|bao cao ket qua (?:thuc hien|trien khai)|xet(?! nghiem))\b"
    r"|(?<!tiep )(?P<bare>\btheo (?:cac )?(?=(?:cong van|van ban|cong dien|to trinh|thong bao|ke hoach|chi thi|giay moi)(?: khan)? so\b|$))"
)
_BASES = re.compile(
    r"\b(?:can cu|sau khi nghe|tiep theo|tiep noi|thay the|thay cho|dinh chinh|thu hoi|tren co so(?! (?:de nghi|yeu cau|chi dao))"
    r"|y kien (?:tham dinh|tham gia|gop y|thong nhat|dong thuan|cua|tham muu)|bao cao tham (?:dinh|tra)|ket qua tham dinh"
    r"|(?<!khong )theo quy dinh|quy dinh tai)\b"
)
_OWN_ACT = re.compile(
    rf",\s+(?:[{CAPITAL}][^,;:]{{1,120}}?)\s(?:đã |xin |kính |trân trọng |tiếp tục )*(?:ban hành|có |đề nghị|yêu cầu|báo cáo|xây dựng"
    r"|hướng dẫn|trình |chuyển|thông báo|tổ chức|đã|giao |nhận)"
)
_BY_REPORT = re.compile(r"\b(?:bao cao ket qua|ket qua thuc hien|theo yeu cau|theo de nghi)\b")
_INTRODUCES = re.compile(
    r"\s*(?:cac\s*)?(?:(?:theo |xet |thuc hien )?(?:y kien|noi dung|ket luan|nhiem vu|chi dao|yeu cau|de nghi|van ban|tinh than|che do"
    r"|kien nghi|de xuat|chu truong|chuong trinh)\b[^;]{0,140}?\b(?:tai|trong|theo|cua|neu tai)\s*)?(?:cac\s*)?"
)
_AUTHOR = re.compile(r"\s*(?:cua )?[^;,]{2,120}? (?:tai|theo)\s*(?:cac\s*)?")
_PLACED = re.compile(r"\s*(?:neu |da neu )?(?:tai|trong)\s*(?:cac\s*)?")
_MEANWHILE = re.compile(r"\b(?:trong )?qua trinh\b[^,;]{0,60}$|^\W*(?:truoc (?:do|day)|nam \d{4}|thoi gian qua)\b.*\bda $")
"""`Trong quá trình rà soát theo nội dung Công văn …`, `Trước đó, xã đã thực hiện …`: told of, and not done by this document."""

_ADVERB = re.compile(r"\s*(?:co hieu qua|nghiem(?: tuc)?|tot|dong bo|kip thoi|cac noi dung(?: cua)?)\s*(?:cac\s*)?")
_IN_BRACKETS = re.compile(r"[^;]{2,160}\(\s*(?:tai |theo )?(?:cac )?")
_ANOTHER_BODY = re.compile(r"\s*(?:cua )?[^;,]{2,80} tai\s*(?:cac )?")
_GROUND = re.compile(r"\s*[-+]?\s*(?:theo|xet|can cu|tren co so)\b")
_AGAIN = re.compile(r"\s*(?:thuc hien|trien khai|theo)\s*(?:.{0,80} tai\s*)?")
_COORDINATED = re.compile(r"(?:;|,|\bva\b)")
_MAY_PRECEDE = re.compile(r"\b(?:de|nham|va|v/v|ve viec|can cu|so|ubnd [^,;]{0,40}|nay|ket qua|da|duoc|bao cao)$")
_LETTERS = frozenset({"công văn", "công điện", None})
_BROUGHT_UP = _LETTERS | {"tờ trình", "thông báo", "kế hoạch", "chỉ thị", "giấy mời"}  # taken up by a bare `Theo …`
_OPINION = re.compile(r"bao cao (?:ket qua )?tham (?:dinh|tra)\b[^;]{0,30}so\b")
_DECIDES = frozenset({"quyết định", "nghị quyết", "thông tư", "nghị định"})
_FIRST_WORDS = 70


def answered(sentence: str, marks: Sequence[tuple[int, int, str | None]], kind: str | None) -> Iterator[int]:
    """Indexes of the citations (start, end, type of each, in order) that the sentence says it answers; `kind`: type of the document."""
    folded = fold(sentence)
    for index, (start, end, cited_kind) in enumerate(marks):
        if kind in _DECIDES and cited_kind == "tờ trình" and _GROUND.match(folded):
            yield index
            continue
        cue, answers = _governing(folded, start)
        if cue is None or _OPINION.search(folded, start, end) or not _takes_up(folded, cue, answers, cited_kind, kind):
            continue
        own = next((m for m in _OWN_ACT.finditer(sentence, cue.end()) if m.end() <= start), None)
        if own and not _BY_REPORT.search(folded, own.start(), start):
            continue
        before = marks[index - 1][1] if index and marks[index - 1][1] > cue.end() else None
        if _on_top(folded, cue, before, start):
            yield index


def _governing(folded: str, at: int) -> tuple[re.Match[str] | None, bool]:
    """The formula that governs what is cited at `at`, and whether it answers; a base or an opinion that comes later goes before it."""
    clause = max(folded.rfind("; ", 0, at), -1) + 1
    for low in (clause, 0):
        answers = [m for m in _ANSWERS.finditer(folded, low, at) if _opens_clause(folded, m.start(), first=bool(m["bare"]))]
        bases = list(_BASES.finditer(folded, low, at))
        if answers and (not bases or bases[-1].start() < answers[-1].start()):
            return (answers[0] if not bases else next(m for m in answers if m.start() > bases[-1].start())), True
        if bases:
            return bases[-1], False
    return None, False


def _opens_clause(folded: str, at: int, *, first: bool) -> bool:
    """At the beginning of the sentence or of a clause; but for `first` also after the words that may stand before a formula.

    `Để nghe các huyện báo cáo theo Công văn số …` carries nothing out.
    """
    if _MEANWHILE.search(folded[:at]):
        return False
    before = folded[:at].rstrip()
    if not before or before[-1] in ",;:.)-":
        return True
    return not first and (bool(_MAY_PRECEDE.search(before)) or at < _FIRST_WORDS)


def _takes_up(folded: str, cue: re.Match[str], answers: bool, cited: str | None, kind: str | None) -> bool:
    """Whether a document of that type, cited under the formula `cue`, is one that is answered."""
    if cue.groupdict().get("bare"):
        return cited in _BROUGHT_UP and not folded[: cue.start()].strip(" -+")
    return answers or _letter_as_base(folded, cue, cited, kind)


def _letter_as_base(folded: str, cue: re.Match[str], cited: str | None, kind: str | None) -> bool:
    """`Căn cứ Công văn số …` opens letters and reports as `Thực hiện` does; in a decision it is a base like the others."""
    letter = folded[cue.end() :].lstrip().startswith(("cong van", "cong dien", "van ban"))
    return cue[0] == "can cu" and letter and cited in _LETTERS and kind not in _DECIDES


def _on_top(folded: str, cue: re.Match[str], before: int | None, at: int) -> bool:
    """Whether the citation is what the formula speaks of, and not named in the title of another one."""
    if before is None:
        lead = folded[cue.end() : at]
        return any(pattern.fullmatch(lead) for pattern in (_INTRODUCES, _PLACED, _AUTHOR, _ADVERB, _IN_BRACKETS))
    between = folded[before:at]
    marks = list(_COORDINATED.finditer(between))
    if not marks:
        return False
    tail = between[marks[-1].end() :]
    if _BASES.search(tail):
        return False
    if cue[0].endswith("de nghi") and _ANOTHER_BODY.fullmatch(tail):
        return True
    return bool(_INTRODUCES.fullmatch(tail)) or (marks[-1].group() == ";" and bool(_AGAIN.fullmatch(tail)))
