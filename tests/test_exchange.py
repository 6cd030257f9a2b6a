"""Packages of the document exchange, JSON, CSV and Annex VI: written, read back, and what hostile ones do."""

import base64
import csv
import io
import json
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from models.found import Found
from models.record import Record, Signer
from tests.conftest import Said
from tests.papers import letter
from vanthu.errors import Broken, Empty, Rejected
from vanthu.exports import exchange
from vanthu.pipeline import again, envelopes, run
from vanthu.pipeline.place import Place
from vanthu.readers import edxml
from vanthu.readers.kinds import kind_of
from vanthu.settings import Settings

ELEMENTS = (
    *("edXMLEnvelope", "edXMLHeader", "MessageHeader", "From", "To", "Code", "CodeNumber", "CodeNotation", "PromulgationInfo", "Place"),
    *("PromulgationDate", "DocumentType", "TypeName", "Subject", "SignerInfo", "Position", "FullName", "DueDate", "ToPlaces", "OtherInfo"),
    *("Priority", "PageAmount", "ResponseFor", "TraceHeaderList", "TraceHeader", "Timestamp", "Bussiness", "BussinessDocType", "edXMLBody"),
    *("edXMLManifest", "Reference", "AttachmentEncoded", "OrganName", "edXML", "Paper"),
    *("ContentId", "ContentType", "AttachmentName", "Attachment", "ContentTransferEncoded", "Type"),
)

HEADER = """<e:From><e:OrganId>000.00.00.H33</e:OrganId><e:OrganName>Ủy ban nhân dân thành phố Rạch Giá</e:OrganName></e:From>
<e:Code><e:CodeNumber>221</e:CodeNumber><e:CodeNotation>UBND-NV</e:CodeNotation></e:Code>
<e:PromulgationInfo><e:Place>Rạch Giá</e:Place><e:PromulgationDate>2024/03/06</e:PromulgationDate></e:PromulgationInfo>
<e:DocumentType><e:TypeName>Công văn</e:TypeName></e:DocumentType>
<e:Subject>V/v một số nhiệm vụ trọng tâm về thực hiện dân chủ ở cơ sở năm 2024</e:Subject>
<e:SignerInfo><e:Position>CHỦ TỊCH</e:Position><e:FullName>Nguyễn Văn Hòa</e:FullName></e:SignerInfo>
<e:DueDate>2024/06/30</e:DueDate><e:OtherInfo><e:Priority>1</e:Priority></e:OtherInfo>
<e:ResponseFor><e:Code><e:CodeNumber>9</e:CodeNumber><e:CodeNotation>KL/TW</e:CodeNotation></e:Code></e:ResponseFor>"""


def packed(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("3f2a.bin", data)
    return out.getvalue()


def package(path: Path, files: dict[str, bytes], header: str = HEADER, prolog: str = "") -> Path:
    attachments = "".join(
        f"<Attachment><AttachmentName>{name}</AttachmentName><e:ContentTransferEncoded>{base64.encodebytes(data).decode()}"
        "</e:ContentTransferEncoded></Attachment>"
        for name, data in files.items()
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{prolog}<edXML xmlns="{edxml.NAMESPACE}" xmlns:e="{edxml.NAMESPACE}"><e:edXMLEnvelope>'
        f"<e:edXMLHeader><e:MessageHeader>{header}</e:MessageHeader></e:edXMLHeader></e:edXMLEnvelope>"
        f"<AttachmentEncoded>{attachments}</AttachmentEncoded></edXML>\n",
        encoding="utf-8",
    )
    return path


def shown(office: Settings, entry_id: int = 1) -> dict[str, Any]:
    with closing(Place(office)) as place:
        return place.register.show(entry_id)


@pytest.fixture
def paper(tmp_path: Path) -> bytes:
    return letter(tmp_path / "paper.docx").read_bytes()


def test_a_package_dropped_in_becomes_an_entry_with_its_attachments(office: Settings, paper: bytes, tmp_path: Path) -> None:
    annex = letter(tmp_path / "annex.docx", code="999/BC-SNV").read_bytes()
    package(office.inbox / "gói.edxml", {"cv.docx": packed(paper), "phụ lục.docx": annex})
    assert kind_of(office.inbox / "gói.edxml") == "edxml"
    summary = run.intake(office)
    assert summary.counts() == {"registered": 1, "duplicates": 0, "rejected": 0, "waiting": 0}
    entry = shown(office)
    record = entry["record"]
    assert [(file["name"], file["role"]) for file in entry["files"]] == [
        ("cv.docx", "main"),
        ("gói.edxml", "archive"),
        ("phụ lục.docx", "attached"),
    ]
    assert (record["code"], record["issued_on"], record["urgency"]) == ("221/UBND-NV", "2024-03-06", "khẩn")
    assert record["replies_to"] == ["286/UBND-KGVX", "9-KL/TW"]
    assert record["deadlines"][-1]["due_on"] == "2024-06-30"
    found = record["_found"]
    assert (found["code"]["rule"], found["code"]["needs_look"]) == ("envelope.code", False)
    assert found["code"]["box"]
    assert found["urgency"]["rule"] == "envelope.urgency"
    assert not entry["looks"]
    assert any(item["due_on"] == "2024-06-30" for item in entry["follow_ups"])
    assert run.intake(office).counts()["registered"] == 0


def test_where_paper_and_envelope_differ_a_person_is_asked(office: Settings, paper: bytes) -> None:
    header = HEADER.replace("<e:CodeNumber>221<", "<e:CodeNumber>212<")
    package(office.inbox / "a.edxml", {"cv.docx": paper}, header)
    run.intake(office)
    entry = shown(office)
    assert entry["record"]["code"] == "212/UBND-NV"
    assert "code" in entry["looks"]
    assert entry["record"]["_found"]["code"]["candidates"] == ["221/UBND-NV"]


def test_reading_again_keeps_what_the_envelope_says(office: Settings, paper: bytes) -> None:
    package(office.inbox / "a.edxml", {"cv.docx": paper})
    run.intake(office)
    with closing(Place(office)) as place:
        again.reread(place, 1)
    assert shown(office)["record"]["urgency"] == "khẩn"


def test_a_first_attachment_without_a_head_is_registered_all_the_same(office: Settings, tmp_path: Path) -> None:
    from docx import Document as Docx

    plain = Docx()
    plain.add_paragraph("Danh sách các đơn vị báo cáo, không có tiêu đề của một công văn nào ở đây cả.")
    plain.save(str(tmp_path / "plain.docx"))
    package(office.inbox / "a.edxml", {"1.docx": (tmp_path / "plain.docx").read_bytes()})
    assert run.intake(office).counts()["registered"] == 1
    assert shown(office)["record"]["issuer"] == "Ủy ban nhân dân thành phố Rạch Giá"


def test_a_secret_attachment_goes_apart(office: Settings, tmp_path: Path) -> None:
    package(office.inbox / "a.edxml", {"cv.docx": letter(tmp_path / "s.docx", secrecy="MẬT").read_bytes()})
    run.intake(office)
    with closing(Place(office)) as place:
        assert place.register.count() == 0
        assert place.apart.register.count() == 1


@pytest.mark.parametrize(
    ("prolog", "change"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]>', {}),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd">', {}),
        ("", {"MessageHeader": "Other"}),
        ("", {"</AttachmentEncoded>": ""}),
        ("", {"UTF-8": "UTF-16"}),
        ("", {"<AttachmentName>": "\0"}),
    ],
)
def test_a_hostile_or_broken_package_is_refused(
    prolog: str, change: dict[str, str], tmp_path: Path, office: Settings, paper: bytes
) -> None:
    path = package(tmp_path / "a.edxml", {"a.docx": paper}, prolog=prolog)
    text = path.read_text(encoding="utf-8")
    for old, new in change.items():
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Broken):
        edxml.envelope(path)
    path.rename(office.inbox / "a.edxml")
    assert run.intake(office).counts()["registered"] == 0


def test_attachments_that_are_no_base64_or_none_are_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.edxml", {"a.docx": b"xx"})
    path.write_text(path.read_text(encoding="utf-8").replace("eHg=", "e*g"), encoding="utf-8")
    with pytest.raises(Broken):
        list(edxml.members(path))
    with pytest.raises(Empty):
        list(edxml.members(package(tmp_path / "b.edxml", {})))
    with pytest.raises(Rejected):
        list(edxml.members(package(tmp_path / "c.edxml", {"a.pdf": b"PK\x03\x04 no archive"})))


def test_a_large_attachment_is_taken(tmp_path: Path) -> None:
    data = bytes(range(256)) * 60_000
    ((name, size),) = [
        (name, path.read_bytes() == data) for name, path in edxml.members(package(tmp_path / "a.edxml", {"../../x/a.pdf": data}))
    ]
    assert (name, size) == ("a.pdf", True)


@pytest.mark.parametrize(
    ("number", "notation", "code"),
    [
        ("221", "UBND-NV", "221/UBND-NV"),
        ("59", "2023/NĐ-CP", "59/2023/NĐ-CP"),
        ("120", "KL/TW", "120-KL/TW"),
        ("7", "/TB-UBND", "7/TB-UBND"),
        ("", "TB-UBND", "/TB-UBND"),
        ("15/QĐ-UBND", "", "15/QĐ-UBND"),
        ("15", "", None),
    ],
)
def test_the_two_fields_of_a_code_are_joined(number: str, notation: str, code: str | None, tmp_path: Path) -> None:
    header = f"<e:Code><e:CodeNumber>{number}</e:CodeNumber><e:CodeNotation>{notation}</e:CodeNotation></e:Code>"
    assert edxml.envelope(package(tmp_path / "a.edxml", {}, header)).code == code


def test_an_empty_envelope_changes_nothing(tmp_path: Path) -> None:
    record = Record(code=Found("1/A", "x", 0.9), signer=Found(Signer("A", None, None), "x", 0.9))
    assert envelopes.laid_over(record, edxml.envelope(package(tmp_path / "a.edxml", {}, ""))) == record


def test_what_we_write_has_the_elements_and_comes_back_the_same(office: Settings, vanthu: Callable[..., Said], tmp_path: Path) -> None:
    letter(office.inbox / "a.docx")
    run.intake(office)
    for field, value in (("urgency", "khẩn"), ("signer.authority", "TM. ỦY BAN NHÂN DÂN")):
        vanthu("correct", 1, field, value)
    assert vanthu("export", tmp_path / "out.edxml", 1).code == 0
    tree = etree.parse(tmp_path / "out.edxml")
    assert {etree.QName(element).localname for element in tree.iter()} >= set(ELEMENTS)
    etree.XMLSchema(etree.parse(Path(__file__).parent / "cases/edxml.xsd")).assertValid(tree)
    said = edxml.envelope(tmp_path / "out.edxml")
    before = shown(office)["record"]
    assert (said.code, said.issuer, said.subject, said.urgency) == tuple(before[name] for name in ("code", "issuer", "subject", "urgency"))
    assert said.issued_on and said.issued_on.isoformat() == before["issued_on"]
    assert said.signer == Signer("Nguyễn Văn Hòa", "CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN")
    assert [one.code for one in said.answers] == ["286/UBND-KGVX"]
    ((name, same),) = [
        (name, path.read_bytes() == Path(shown(office)["files"][0]["kept"]).read_bytes())
        for name, path in edxml.members(tmp_path / "out.edxml")
    ]
    assert (name, same) == ("a.docx", True)


def test_import_edxml_leaves_the_file_where_it_is(office: Settings, vanthu: Callable[..., Said], tmp_path: Path, paper: bytes) -> None:
    path = package(tmp_path / "gói.edxml", {"cv.docx": paper})
    (tmp_path / "no.edxml").write_text("<?xml version='1.0'?><edXML/>", encoding="utf-8")
    said = vanthu("import-edxml", path, tmp_path / "no.edxml")
    assert said.code == 1
    assert "cv.docx: số đến 1/2024" in said.out
    assert "no.edxml" in said.err
    assert path.is_file()
    assert "gói.edxml" in vanthu("import-edxml", path).out
    with closing(Place(office)) as place:
        assert place.register.count() == 1
        assert place.register.rejected() == []


def test_json_and_csv_have_every_entry(office: Settings, vanthu: Callable[..., Said], tmp_path: Path) -> None:
    letter(office.inbox / "a.docx")
    letter(office.inbox / "b.docx", code="300/UBND-NV")
    run.intake(office)
    vanthu("correct", 2, "subject", "=HYPERLINK(1)")
    vanthu("void", 1, "--reason", "nhầm")
    assert vanthu("export", tmp_path / "a.json").code == 0
    entries = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [(entry["id"], entry["state"]) for entry in entries] == [(1, "void"), (2, "registered")]
    assert entries[1]["record"]["code"] == "300/UBND-NV"
    assert entries[1]["files"][0]["name"] == "b.docx"
    assert vanthu("export", tmp_path / "a.csv", 2).code == 0
    ((row,), names) = (list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig")))), exchange.COLUMNS)
    assert [*row] == [*names]
    assert (row["code"], row["subject"], row["open_items"], row["next_due"]) == ("300/UBND-NV", "'=HYPERLINK(1)", "2", "2024-05-22")
    assert vanthu("export", tmp_path / "a.txt").code == 2
    assert vanthu("export", tmp_path / "a.edxml").code == 2
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert vanthu("export", tmp_path / "none.json", "--from", "01/01/2030").code == 0
    assert json.loads((tmp_path / "none.json").read_text(encoding="utf-8")) == []


def test_the_fields_of_annex_vi(office: Settings, vanthu: Callable[..., Said], tmp_path: Path) -> None:
    letter(office.inbox / "a.docx")
    run.intake(office)
    vanthu("correct", 1, "subject", "x" * 600)
    vanthu("assign", 1, "Phòng Nội vụ")
    vanthu("export", tmp_path / "a.json", "--annex6")
    (row,) = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert [*row] == [*exchange.ANNEX_VI]
    assert (row["CodeNumber"], row["CodeNotation"], row["TypeName"], row["Priority"]) == ("221", "UBND-NV", "Công văn", 0)
    assert (row["IssuedDate"], row["ArrivalDate"], row["ArrivalNumber"], row["DueDate"]) == ("06/03/2024", "08/03/2024", 1, "22/05/2024")
    assert (row["Position"], row["FullName"], row["ToPlaces"], len(row["Subject"])) == ("CHỦ TỊCH", "Nguyễn Văn Hòa", "Phòng Nội vụ", 500)
    assert row["PageAmount"] == 1
    assert json.loads(row["TraceHeaderList"])[0]["unit"] == "Phòng Nội vụ"
