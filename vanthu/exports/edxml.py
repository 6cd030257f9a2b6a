"""edXML: an entry as a package of the national document exchange (QCVN 102:2016/BTTTT), its files packed in."""

import base64
import io
import mimetypes
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from models.context import Office
from models.text import fold
from vanthu.readers.edxml import NAMESPACE, PRIORITIES
from vanthu.register import codes
from vanthu.sections import Letterhead

_E = f"{{{NAMESPACE}}}"


def package(shown: Mapping[str, Any], office: Office, letterhead: Letterhead, at: datetime) -> bytes:
    """The package of an entry; `shown` is what the register shows of it, `at` the time at which it is made.

    Of an incoming document From is its issuer and To our office; of our own From is our office and To its addressees. What the register
    does not know, the ids of others above all, is left out.
    """
    root = etree.Element(f"{_E}edXML", nsmap={"edXML": NAMESPACE})
    inner = etree.SubElement(root, f"{_E}edXMLEnvelope")
    header = etree.SubElement(inner, f"{_E}edXMLHeader")
    organ_id = letterhead.organ_id if shown["direction"] == "out" else ""
    _message(etree.SubElement(header, f"{_E}MessageHeader"), shown, office, organ_id)
    _trace(etree.SubElement(header, f"{_E}TraceHeaderList"), letterhead.organ_id, at)
    files = [file for file in shown["files"] if file["role"] != "archive"]
    _manifest(etree.SubElement(inner, f"{_E}edXMLBody"), files)
    _attachments(etree.SubElement(root, f"{_E}AttachmentEncoded"), files)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _message(header: Any, shown: Mapping[str, Any], office: Office, organ_id: str) -> None:
    record = shown["record"]
    ours = office.names[:1] if shown["direction"] == "in" else ()
    _fields(header, "From", OrganId=organ_id, OrganizationInCharge=record["parent"], OrganName=record["issuer"])
    for name in ours or record["addressees"]:
        _fields(header, "To", OrganName=name)
    issued = (record["issued_on"] or "").replace("-", "/")
    _code(header, record["code"])
    _fields(header, "PromulgationInfo", Place=record["place"], PromulgationDate=issued)
    _fields(header, "DocumentType", Type="2", TypeName=(record["doc_type"] or "").capitalize())
    _put(header, "Subject", record["subject"])
    if signer := record["signer"]:
        _fields(header, "SignerInfo", Competence=signer["authority"], Position=signer["position"], FullName=signer["name"])
    due = sorted(item["due_on"] for item in record["deadlines"] if item["due_on"])
    _put(header, "DueDate", due[0].replace("-", "/") if due else None)
    if record["recipients"]:
        places = etree.SubElement(header, f"{_E}ToPlaces")
        for name in record["recipients"]:
            _put(places, "Place", name)
    pages = shown.get("page_count")
    _fields(header, "OtherInfo", Priority=str(_priority(record["urgency"])), PageAmount=str(pages) if pages else None)
    for code in record["replies_to"]:
        _answer(header, code, record["references"])
    _put(header, "DocumentId", f"{organ_id},{issued},{record['code']}" if organ_id and issued and record["code"] else None)


def _answer(header: Any, code: str, references: Sequence[Mapping[str, Any]]) -> None:
    known = next((one for one in references if codes.key(one["code"]) == codes.key(code)), None)
    element = etree.SubElement(header, f"{_E}ResponseFor")
    _code(element, code)
    _put(element, "PromulgationDate", (known["issued_on"] or "").replace("-", "/") if known else None)


def _priority(urgency: str | None) -> int:
    return next((number for number, name in enumerate(PRIORITIES) if name and name == urgency), 0)


def _code(parent: Any, code: str | None) -> None:
    """Số and ký hiệu are two fields (Decree 30/2020, Annex VI), parted at the first mark."""
    if not code:
        return
    symbol = codes.symbol(code)
    number = code[: -len(symbol) - 1] if symbol else code
    _fields(parent, "Code", CodeNumber=number.strip(), CodeNotation=symbol)


def _trace(parent: Any, organ_id: str, at: datetime) -> None:
    _fields(parent, "TraceHeader", OrganId=organ_id, Timestamp=f"{at:%Y/%m/%d %H:%M:%S}")
    _fields(parent, "Bussiness", BussinessDocType="0", Paper="0")


def _manifest(body: Any, files: Sequence[Mapping[str, Any]]) -> None:
    manifest = etree.SubElement(body, f"{_E}edXMLManifest", version="1.0")
    for file in files:
        _fields(manifest, "Reference", ContentId=_id(file), ContentType=_type(file["name"]), AttachmentName=file["name"])


def _attachments(parent: Any, files: Sequence[Mapping[str, Any]]) -> None:
    for file in files:
        element = _fields(parent, "Attachment", ContentId=_id(file), AttachmentName=file["name"], ContentType=_type(file["name"]))
        _put(element, "ContentTransferEncoded", base64.b64encode(_packed(Path(file["kept"]), file["name"])).decode())


def _packed(path: Path, name: str) -> bytes:
    """Exchange programs expect each attachment in a ZIP of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(fold(name), (1980, 1, 1, 0, 0, 0)), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _id(file: Mapping[str, Any]) -> str:
    return f"cid:{file['sha256'][:32]}"


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _fields(parent: Any, name: str, **values: str | None) -> Any:
    element = etree.SubElement(parent, f"{_E}{name}")
    for key, value in values.items():
        _put(element, key, value)
    return element


def _put(parent: Any, name: str, text: str | None) -> None:
    """An element with a text; none where there is nothing to say. What XML cannot hold is left off."""
    if text:
        etree.SubElement(parent, f"{_E}{name}").text = "".join(c for c in text if c >= " " or c in "\t\n")
