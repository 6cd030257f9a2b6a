from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from signing import ORGANISATION, SIGNER, born_digital, sign

from vanthu.readers import signatures

PLAIN = born_digital(["Số: 12/UBND-VP", "Nội dung văn bản"])


def put(folder: Path, data: bytes) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return path


def test_a_signed_file_says_who_and_when(tmp_path: Path) -> None:
    (found,) = signatures.check(put(tmp_path, sign(PLAIN)))
    assert (found.signer, found.organisation) == (SIGNER, ORGANISATION)
    assert (found.intact, found.altered, found.whole, found.error) == (True, False, True, "")
    assert found.signed_at is not None
    assert found.signed_at.endswith("+07:00")
    day = signatures.signed_on([found.as_json()])
    assert day is not None
    assert day.isoformat() == found.signed_at[:10]


def test_an_unsigned_file_has_none(tmp_path: Path) -> None:
    assert signatures.check(put(tmp_path, PLAIN)) == ()
    assert signatures.check(put(tmp_path, b"/ByteRange, but no PDF")) == ()
    assert signatures.check(put(tmp_path, b"")) == ()


def test_bytes_changed_within_are_seen(tmp_path: Path) -> None:
    data = bytearray(sign(PLAIN))
    at = data.index(b"/MediaBox")
    data[at : at + 40] = data[at : at + 40].replace(b"842", b"843")
    (found,) = signatures.check(put(tmp_path, bytes(data)))
    assert (found.intact, found.altered) == (False, True)
    assert signatures.signed_on([found.as_json()]) is None


def test_a_page_changed_afterwards_is_seen(tmp_path: Path) -> None:
    from pyhanko.pdf_utils.generic import NameObject, NumberObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(sign(PLAIN)))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Rotate")] = NumberObject(180)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    (found,) = signatures.check(put(tmp_path, out.getvalue()))
    assert (found.intact, found.altered, found.whole) == (True, True, False)


def test_a_second_signature_does_not_alter_the_first(tmp_path: Path) -> None:
    first, second = signatures.check(put(tmp_path, sign(sign(PLAIN), "Signature2")))
    assert (first.intact, first.altered, first.whole) == (True, False, False)
    assert (second.intact, second.altered, second.whole) == (True, False, True)


def test_a_file_saved_anew_has_lost_what_was_signed(tmp_path: Path) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(sign(PLAIN))) as pdf:
        pdf.save(out)
    found = signatures.check(put(tmp_path, out.getvalue()))
    assert all(signature.altered and not signature.intact for signature in found)
    assert found


@pytest.mark.parametrize("cut", [0.5, 0.9, 0.97])
def test_a_cut_file_is_no_error(tmp_path: Path, cut: float) -> None:
    data = sign(PLAIN)
    found = signatures.check(put(tmp_path, data[: int(len(data) * cut)]))
    assert not any(signature.intact and signature.whole for signature in found)


def test_the_file_is_only_read(tmp_path: Path) -> None:
    path = put(tmp_path, sign(PLAIN))
    path.chmod(0o400)
    before = path.stat()
    signatures.check(path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
