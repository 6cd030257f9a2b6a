import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from vanthu import whole
from vanthu.samples import SAMPLE


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((60, 80), 90).save(out, kind, **options)
    return out.getvalue()


def tiff_of_three_pages() -> bytes:
    out = io.BytesIO()
    pages = [Image.effect_noise((60, 80), 90) for _ in range(3)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "x" * 500)
    return out.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {
    "pdf": SAMPLE.read_bytes,
    "jpeg": lambda: picture("JPEG"),
    "png": lambda: picture("PNG"),
    "webp": lambda: picture("WEBP"),
    "tiff": lambda: picture("TIFF"),
    "tiff of three pages": tiff_of_three_pages,
    "docx": archive,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_file_opens_and_every_beginning_of_it_does_not(tmp_path: Path, kind: str) -> None:
    data, path = KINDS[kind](), tmp_path / "scan"
    path.write_bytes(data)
    assert whole.opens(path)
    for cut in (0, 1, 7, 100, len(data) // 3, len(data) // 2, len(data) * 9 // 10):
        path.write_bytes(data[:cut])
        assert not whole.opens(path), cut


def test_heic(tmp_path: Path) -> None:
    import pillow_heif

    path = tmp_path / "scan.heic"
    pillow_heif.from_pillow(Image.new("RGB", (64, 64))).save(path)
    assert whole.opens(path)
    path.write_bytes(path.read_bytes()[:-20])
    assert not whole.opens(path)


@pytest.mark.parametrize("data", [b"", b"plain text", b"\0" * 5000, b"%PDF-1.4 and no end", b"II*\0garbage", b"RIFF", b"PK\x03\x04"])
def test_what_is_no_document_does_not_open(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    assert not whole.opens(path)


def test_zeros_after_the_end_are_padding(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(SAMPLE.read_bytes() + b"\0" * 3000)
    assert whole.opens(path)


def test_the_kernel_knows_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"x")
    if whole.written_by_somebody(path) is None:
        pytest.skip("this file system has no leases")
    assert whole.written_by_somebody(path) is False
    with path.open("ab"):
        assert whole.written_by_somebody(path) is True
    assert whole.written_by_somebody(path) is False
    assert whole.written_by_somebody(tmp_path / "gone") is None
