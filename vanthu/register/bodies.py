"""Tên cơ quan, made comparable: folded, abbreviations written out, office-holders as the bodies they hold."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from models.text import clean, fold, one_line

_HOLDER = re.compile(
    r"(?:dong chi |ong |ba )?(?:cac )?(?:pho )?"
    r"(?:chu tich|(?:tong )?giam doc|thu truong|nguoi dung dau|chu nhiem|(?:chi )?cuc truong|bo truong(?= bo))\s+(?=\w)"
    r"|(?:pho )?truong (?=phong|ban|cong an)|(?:pho )?chanh (?=van phong|thanh tra)"
)
_STANDS = re.compile(
    r"(?:(?:ban )?(?:thuong truc|thuong vu)|ban chap hanh(?: dang bo)?) "
    r"(?=hoi dong|(?:tinh|thanh|huyen|quan|thi|dang) uy|uy ban|tinh|thanh pho)"
)
"""Who acts for a body between its meetings (`Thường trực HĐND xã`, `Ban Thường vụ Tỉnh ủy`) writes in its name."""

_BARE = re.compile(
    r"(?:nha )?(?:so|phong|truong|benh vien|trung tam|chi cuc|cuc|tong cuc|cong ty|tong cong ty|ban|tram|vien|doi|hoi|chi nhanh"
    r"|ban quan ly|ban chi huy|ban chi dao|co quan|don vi)"
)
_LEVEL = r"(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|phuong|xa|dac khu|trung uong)"
_STARTS_LEVEL = re.compile(rf"(?:cua )?{_LEVEL}\b")
_ENDS_LEVEL = re.compile(rf"\b(?:{_LEVEL}|(?:tinh|thanh|huyen|quan|thi|dang) uy)$")


@cache
def abbreviations() -> dict[str, str]:
    """Folded abbreviation → folded full form."""
    text = files(__package__).joinpath("bodies.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {short: full for short, full, *_ in rows}


@lru_cache(maxsize=8192)
def key(name: str | None) -> str:
    """Folded, abbreviations written out, marks left off: `UBND TP. Rạch Giá` → `uy ban nhan dan thanh pho rach gia`."""
    if not name:
        return ""
    spaced = re.sub(r"\b(tp|tx|tt|t|p|x|h)\.", r"\1. ", fold(clean(name)))
    words = [abbreviations().get(word.strip(",;:()"), word) for word in spaced.split()]
    return one_line(re.sub(r"[^\w]+", " ", " ".join(words)))


@lru_cache(maxsize=16_384)
def held(name_key: str) -> str:
    """The body that an office-holder or a standing committee acts for: `chu tich uy ban …` → `uy ban …`; a body stays."""
    return _STANDS.sub("", _HOLDER.sub("", name_key, count=1) if _HOLDER.match(name_key) else name_key, count=1)


def level(name_key: str) -> str | None:
    """The first word of level in a key: `tinh`, `huyen`."""
    found = re.search(rf"\b{_LEVEL}\b", name_key)
    return found[0] if found else None


def bare(name_key: str) -> bool:
    """True where only the kind of a body is said, as its own papers and those to it do: `cua So`, `cua Benh vien`."""
    return bool(_BARE.fullmatch(name_key))


def full(issuer: str | None, parent: str | None) -> str:
    """Key of a body with the place its superior names: `Sở Nội vụ` under `UBND tỉnh Kiên Giang` → `so noi vu tinh kien giang`."""
    own = key(issuer)
    if not own or re.search(rf"\b{_LEVEL}\b", own):
        return own
    place = re.search(rf"\b{_LEVEL}\b.*", key(parent))
    return f"{own} {place[0]}" if place else own


@lru_cache(maxsize=65_536)
def compatible(one: str, other: str) -> bool:
    """True where two keys can name one body: equal, or one of them only leaves its place unsaid.

    `so noi vu` ~ `so noi vu tinh kien giang`, `uy ban nhan dan tinh` ~ `… tinh kien giang`; but `phuong vinh thanh` is not
    `phuong vinh thanh van`.
    """
    short, long = sorted((held(one), held(other)), key=len)
    if not short:
        return False
    if short == long:
        return True
    if not re.search(rf"\b{_LEVEL}\b", short) and re.sub(rf"\b{_LEVEL} (?=\w)", "", long) == short:
        return True  # `Sở Y tế Hà Nam`
    if not long.startswith(short + " "):
        return False
    return bool(_STARTS_LEVEL.match(long[len(short) + 1 :]) or _ENDS_LEVEL.search(short))
