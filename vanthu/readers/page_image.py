"""Ảnh của một trang: a page of a file for people to look at, not to read from; as it lies in the file, not yet turned upright."""

from pathlib import Path
from typing import Any

from vanthu.errors import Unsupported


def of(original: Path, number: int, longest: int, *, cropped: bool = False, password: str | None = None, timeout: int = 60) -> Any:
    """Page `number` (from 1) as a Pillow picture in colour, its longer side of at most `longest` pixels.

    `cropped`: within the crop box alone. Unsupported where the file has no pages to look at; else what its libraries raise.
    """
    from vanthu.readers.kinds import kind_of

    kind = kind_of(original)
    if kind == "pdf":
        return _of_pdf(original, number, longest, cropped, password, timeout)
    if kind == "image":
        return _of_image(original, number - 1, longest)
    raise Unsupported(original.name)


def _of_pdf(original: Path, number: int, longest: int, cropped: bool, password: str | None, timeout: int) -> Any:
    from pdf2image import convert_from_path

    (image,) = convert_from_path(
        original,
        size=longest,
        first_page=number,
        last_page=number,
        use_cropbox=cropped,
        userpw=password,
        timeout=timeout,
        thread_count=1,
    )
    return image.convert("RGB")


def _of_image(original: Path, frame: int, longest: int) -> Any:
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    with Image.open(original) as image:
        image.seek(frame)
        image.draft("RGB", (longest, longest))
        image.thumbnail((longest, longest))
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            clear = upright.convert("RGBA")
            upright = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
        return upright.convert("RGB")
