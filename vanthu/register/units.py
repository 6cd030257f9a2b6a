"""Đơn vị được giao: whether what a document names as charged is our office, one of its units, or a class they belong to."""

import re
from dataclasses import dataclass
from functools import lru_cache

from models.context import Office
from models.text import clean, fold
from vanthu.register import bodies

_KIND = r"(?:co quan|don vi|dia phuong|to chuc|phong|ban|nganh|so|bo|phuong|xa|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh)"
_EACH = r"(?:\b(?:cac|tung|moi)|(?:(?<=ubnd )|(?<=nhan dan ))\d{1,3})"
_CLASS = re.compile(rf"(?P<head>.*?){_EACH}\s+(?P<kinds>{_KIND}(?:(?:\s*,\s*|\s+va\s+|\s*-\s*){_KIND})*)\b(?P<rest>.*)")
_KINDS = re.compile(rf"{_KIND}\s")
_PLACE = re.compile(r"(?:truc thuoc |thuoc |cua |o |cap )?(tinh|thanh pho|huyen|quan|thi xa|phuong|xa|dac khu)\b")
_PARTY = ("dang uy", "chi bo", "tinh uy", "thanh uy", "huyen uy", "quan uy", "thi uy")
_HEALTH = ("benh vien", "trung tam y te", "tram y te", "phong kham")
_SCHOOLS = ("truong", "trung tam giao duc")
_SPOKEN = {
    **dict.fromkeys(("cap uy", "cap uy dang", "dang bo", "to chuc dang"), _PARTY),
    **dict.fromkeys(("co so y te", "don vi y te", "co so kham benh chua benh", "co so kham chua benh"), _HEALTH),
    **dict.fromkeys(("co so giao duc", "truong", "truong hoc", "nha truong", "don vi truong hoc"), _SCHOOLS),
    "doanh nghiep": ("cong ty", "tong cong ty", "doanh nghiep"),
}
"""Classes by another name than their members bear: how the names of these begin."""

_WITHIN = re.compile(r"(?:truc thuoc|thuoc|trong|duoi)\b")
_NAMED_CLASS = re.compile(
    r"(?:toan bo |tat ca )?cac\s+(?P<kind>(?!dong chi|ong|ba\b)[^,;:()]{4,60}?)"
    r"(?:\s+(?:truc thuoc|thuoc|tren dia ban|tai|cua|trong|o|toan|co lien quan)\b.*)?$"
)
"""`các bệnh viện trực thuộc`, `các Công ty Điện lực`: whatever kind of body, all whose names begin with it."""

_ANYBODY = {"co quan", "don vi", "dia phuong"}
_UNSAID = re.compile(r"(?:co )?lien quan")


@dataclass(frozen=True, slots=True)
class _Charged:
    """`bodies`: keys of single bodies; `classes`: (head, kind), at `level` where the class names one."""

    bodies: tuple[str, ...] = ()
    classes: tuple[tuple[str, str], ...] = ()
    level: str | None = None


def charges(name: str, office: Office) -> bool:
    """True where `name` means our office or one of its units, by name or alias, or as a member of the class it names.

    `UBND các phường A, B` names two wards; `các phòng, ban thành phố` every department of a city's office, ours among them;
    `các cơ quan có liên quan` names nobody. A class our office belongs to by another name is set as one of its aliases.
    """
    ours = _keys(office)
    if bodies.key(name) in ours:
        return True
    charged = _read(name)
    if any(bodies.compatible(own, body) for own in ours for body in charged.bodies):
        return True
    if charged.level and not any(re.search(rf"\b{charged.level}\b", bodies.key(own)) for own in office.names):
        return False
    return any(_belongs(own, head, kind) for own in ours for head, kind in charged.classes)


def _belongs(own: str, head: str, kind: str) -> bool:
    return kind in _ANYBODY or own.startswith(f"{head} {kind} ".lstrip())


def only_kind(name: str) -> bool:
    """True where a document calls whom it is sent to by his kind alone: `Bệnh viện`, `Nhà trường`, `quý cơ quan`, `các đơn vị`."""
    return bodies.bare(re.sub(r"^(?:quy|cac) ", "", bodies.key(name)))


def role(lead: list[str], support: list[str], office: Office, addressees: list[str]) -> str | None:
    """`lead` where the item charges us, `support` where we only help, else None.

    Where it names nobody, or by his kind alone (`đề nghị Bệnh viện gửi …`), who is addressed is charged.
    """
    if any(charges(name, office) for name in lead):
        return "lead"
    if any(charges(name, office) for name in support):
        return "support"
    return "lead" if all(map(only_kind, lead)) and any(charges(name, office) for name in addressees) else None


@lru_cache(maxsize=64)
def _keys(office: Office) -> tuple[str, ...]:
    names = (*office.names, *(alias for unit in office.units for alias in unit))
    return tuple(bodies.held(bodies.key(name)) for name in names)


@lru_cache(maxsize=8192)
def _read(name: str) -> _Charged:
    folded = fold(clean(name)).strip(" .;")
    found = _CLASS.match(folded)
    if not found:
        return _named_class(folded) or _Charged((bodies.held(bodies.key(folded)),))
    head = bodies.key(bodies.held(found["head"] + " ")).strip()
    kinds = re.findall(_KIND, found["kinds"])
    rest = re.split(r"\btren dia ban\b|\btai dia ban\b", found["rest"])[0].strip(" :")
    if _UNSAID.match(rest):
        return _Charged()
    place = _PLACE.match(rest)
    if rest and not place and not _WITHIN.match(rest):
        members = [member.strip() for member in re.split(r",|;|\bva\b", rest) if member.strip()]
        return _Charged(tuple(bodies.key(f"{head} {'' if _KINDS.match(member) else kinds[-1]} {member}") for member in members))
    return _Charged(classes=tuple((head, kind) for kind in kinds), level=place[1] if place else None)


def _named_class(folded: str) -> _Charged | None:
    found = _NAMED_CLASS.fullmatch(folded.replace("kham benh, chua benh", "kham benh chua benh"))
    if found is None or _UNSAID.search(folded):
        return None
    kind = bodies.key(found["kind"])
    if kind in _SPOKEN:
        return _Charged(classes=tuple(("", one) for one in _SPOKEN[kind]))
    return _Charged(classes=(("", kind),)) if len(kind.split()) > 1 else None


def printed_bodies(name: str) -> list[str]:
    """The single bodies that a printed name means, each written out: `UBND các phường A, B` → two; none for a class or nobody.

    An office-holder stands for his body.
    """
    text = clean(name).strip(" .;")
    folded = fold(text)
    found = _CLASS.match(folded)
    if not found:
        held = bodies.held(folded)
        return [text[len(text) - len(held) :]] if held and _read(name).bodies else []
    if not _read(name).bodies:
        return []
    head = text[: found.end("head")]
    head = head[len(head) - len(bodies.held(folded[: found.end("head")])) :].strip()
    kind = re.findall(_KIND, found["kinds"])[-1]
    at = found.start("kinds") + found["kinds"].rfind(kind)
    rest = text[found.start("rest") :].strip(" :")
    parts = [part.strip() for part in re.split(r",|;|\bvà\b", rest) if part.strip()]
    printed = text[at : at + len(kind)]
    return [" ".join(filter(None, (head, None if _KINDS.match(fold(part)) else printed, part))) for part in parts]
