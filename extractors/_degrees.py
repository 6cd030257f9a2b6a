"""Mức độ khẩn, mật as words: short capitals in a frame of their own (Decree 30/2020, Annex I, boxes 10a, 10b)."""

from extractors._patterns import letters, upper_share

DEGREES = {
    "hoatochengio": "hỏa tốc",
    "thuongkhan": "thượng khẩn",
    "hoatoc": "hỏa tốc",
    "khan": "khẩn",
    "tuyetmat": "tuyệt mật",
    "toimat": "tối mật",
    "mat": "mật",
}
_FRAME = "il1"  # what a frame's upright is read as


def degrees(text: str) -> tuple[str, ...]:
    """Degrees of urgency and secrecy that make up a whole line; empty where it holds anything else."""
    if upper_share(text) < 0.75 or len(text) > 40:
        return ()
    found: list[str] = []
    rest = letters(text)
    while rest:
        key = next((k for k in DEGREES if rest.startswith(k)), None)
        if key:
            found.append(DEGREES[key])
            rest = rest[len(key) :]
        elif rest[0] in _FRAME:
            rest = rest[1:]
        else:
            return ()
    return tuple(found)
