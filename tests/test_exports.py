from models.document import Box, Document, Line, Page, Word
from vanthu.exports.document_json import as_json
from vanthu.exports.record_json import outward

SHIFTED = (1.0, 0.0, 5.0, 0.0, 1.0, -3.0, 0.0, 0.0, 1.0)
"""The straightened page lies 5 pixels right of and 3 above the scan."""


def page(**more: object) -> Page:
    word = Word("chữ", Box(10, 20, 30, 40), 0.98765)
    return Page(1, 100, 200, 300, "ocr", (Line((word,), Box(10, 20, 30, 40)),), **more)  # type: ignore[arg-type]


def test_boxes_stand_on_the_scan() -> None:
    assert as_json(Document.assemble([page()]))["pages"][0]["lines"][0]["box"] == [10, 20, 30, 40]
    line = as_json(Document.assemble([page(warp=SHIFTED)]))["pages"][0]["lines"][0]
    assert line["box"] == [15, 17, 35, 37]
    assert line["words"] == [{"text": "chữ", "box": [15, 17, 35, 37], "confidence": 0.988, "start": 0}]


def test_the_record_goes_out_without_the_registers_own_notes() -> None:
    evidence = {"page": 1, "box": [10, 20, 30, 40], "rule": "code.header", "confidence": 1, "needs_look": False}
    record = {
        "code": "5/UBND",
        "tasks": [{"text": "x", "_deadlines": [0]}],
        "_found": {"code": evidence, "tasks": [evidence], "place": None},
    }
    out = outward(record, [page(warp=SHIFTED)])
    assert out["tasks"] == [{"text": "x"}]
    assert out["_found"]["code"] == evidence | {"box": [15, 17, 35, 37]}
    assert out["_found"]["tasks"] == [evidence | {"box": [15, 17, 35, 37]}]
    assert out["_found"]["place"] is None
    assert evidence["box"] == [10, 20, 30, 40]
