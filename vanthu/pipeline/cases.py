"""Đính chính thành trường hợp: what people corrected, as cases for those who write the rules. Written only when a person says so."""

from collections.abc import Iterator
from pathlib import Path

from vanthu.errors import Rejected, WrongUse
from vanthu.exports.case_yaml import Case, part_of
from vanthu.exports.files import write_whole
from vanthu.exports.sketch import draw
from vanthu.pipeline import again, steps
from vanthu.pipeline.place import Place
from vanthu.register import values


def export(place: Place, folder: Path, progress: steps.Progress | None = None) -> tuple[dict[Path, int], list[int]]:
    """Write `FOLDER/FIELD.yaml` for each field that was corrected: (cases in each file, entries that could not be read again).

    Secret documents never: WrongUse in their register.
    """
    if place.secret:
        raise WrongUse("cases.secret")
    cases: dict[str, list[Case]] = {}
    unread = []
    corrected = place.register.corrected()
    for done, entry_id in enumerate(corrected, 1):
        try:
            for case in _of_entry(place, entry_id):
                cases.setdefault(case.field, []).append(case)
        except Rejected:
            unread.append(entry_id)
        if progress:
            progress(done, len(corrected))
    written = {}
    for field, here in cases.items():
        path = folder / f"{field}.yaml"
        write_whole(path, "".join(case.as_yaml() for case in here))
        written[path] = len(here)
    return written, unread


def _of_entry(place: Place, entry_id: int) -> Iterator[Case]:
    """One case a corrected field; the page is read anew, so that it shows what the rules see today."""
    shown = place.register.show(entry_id)
    if shown["record"]["secrecy"] is not None:
        return
    paper, known = again.paper(place, entry_id)
    if paper.record.secrecy is not None:
        return
    scanned = any(page.source == "ocr" for page in paper.document.pages)
    for field in dict.fromkeys(str(values.parse_path(one["field"])[0]) for one in shown["corrections"]):
        page = draw(paper.document, part_of(field))
        was = paper.record.as_json()[field]
        name = f"corrected, was {was if isinstance(was, str | None) else 'other'}: {shown['number']}"
        yield Case(field, name, "ocr" if scanned else "text", page, shown["record"][field], known.signed_on)
