"""Ảnh rất lớn: scaled down band by band; a PNG while it is decoded, so that it never lies in memory whole."""

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from PIL import Image

_HEAD = b"\x89PNG\r\n\x1a\n"
_BAND_BYTES = 16_000_000
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples a pixel by the colour type of a PNG."""


def reduced(image: Image.Image, path: Path, factor: int) -> Image.Image:
    """An opened picture at 1/`factor` of its size, grey or RGB; what its file says beside the pixels stays in `info`."""
    small = _png_reduced(path, factor) if image.format == "PNG" else None
    if small is None:
        rows = max(1, _BAND_BYTES // image.width // factor) * factor
        size = (-(-image.width // factor), -(-image.height // factor))
        small = Image.new("L" if plain(image.crop((0, 0, 1, 1))).mode == "L" else "RGB", size, "white")
        for top in range(0, image.height, rows):
            band = image.crop((0, top, image.width, min(image.height, top + rows)))
            small.paste(plain(band).reduce(factor), (0, top // factor))
    if "exif" in image.info:
        small.info["exif"] = image.info["exif"]
    return small


def plain(picture: Image.Image) -> Image.Image:
    """Grey or RGB, clear parts white."""
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = picture.convert("F").point(lambda value: value / 256)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return picture.convert("L" if picture.mode in ("1", "L", "F") else "RGB")


def _png_reduced(path: Path, factor: int) -> Image.Image | None:
    """A PNG at 1/`factor` of its size, grey or RGB, decoded band by band; None for the rare kinds that are decoded whole.

    Each band of rows becomes a small PNG of its own; its first row is the last one of the band before, since filters look back one
    row, and is dropped again. Raises OSError or ValueError where the file is damaged.
    """
    with path.open("rb") as file:
        if file.read(8) != _HEAD:
            return None
        chunks = _chunks(file)
        header = next(chunks)[1]
        width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
        if interlaced or colour not in _SAMPLES or not (depth == 8 or (depth == 1 and colour == 0)):
            return None
        row = 1 + (width * depth * _SAMPLES[colour] + 7) // 8
        rows = max(1, _BAND_BYTES // row // factor) * factor
        reduced: Image.Image | None = None
        before = b""
        for top, (extra, band) in enumerate(_bands(chunks, row * rows)):
            picture = _decoded(header, extra, before + band, row)
            before = b"\0" + picture.crop((0, picture.height - 1, width, picture.height)).tobytes()
            fresh = picture.crop((0, 1, width, picture.height)) if top else picture
            small = plain(fresh).reduce(factor)
            reduced = reduced or Image.new(small.mode, (-(-width // factor), -(-height // factor)), "white")
            reduced.paste(small, (0, top * rows // factor))
        return reduced


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    while len(start := file.read(8)) == 8 and start[4:] != b"IEND":
        yield start[4:], file.read(int.from_bytes(start[:4], "big"))
        file.read(4)


def _bands(chunks: Iterator[tuple[bytes, bytes]], size: int) -> Iterator[tuple[bytes, bytes]]:
    """The palette, and the filtered rows in pieces of `size` bytes, the last one shorter."""
    inflate = zlib.decompressobj()
    extra, held = b"", bytearray()
    for kind, data in chunks:
        if kind in (b"PLTE", b"tRNS"):
            extra += _chunk(kind, data)
        while kind == b"IDAT" and data:
            held += inflate.decompress(data, size)
            data = inflate.unconsumed_tail
            while len(held) >= size:
                yield extra, bytes(held[:size])
                del held[:size]
    if not inflate.eof:
        raise ValueError("image file is truncated")
    if held:
        yield extra, bytes(held)


def _decoded(header: bytes, extra: bytes, rows: bytes, row: int) -> Image.Image:
    high = struct.pack(">I", len(rows) // row)
    parts = (_chunk(b"IHDR", header[:4] + high + header[8:]), extra, _chunk(b"IDAT", zlib.compress(rows, 0)), _chunk(b"IEND", b""))
    picture = Image.open(io.BytesIO(_HEAD + b"".join(parts)))
    picture.load()
    return picture


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
