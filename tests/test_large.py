"""Pictures scaled down band by band are what Pillow makes of them whole."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from vanthu.readers import large


def noise(mode: str) -> Image.Image:
    dice = np.random.default_rng(7)
    bands = {"1": 1, "L": 1, "P": 1, "LA": 2, "RGB": 3, "RGBA": 4}[mode]
    shape = (211, 157) if bands == 1 else (211, 157, bands)
    values = dice.integers(0, 256, shape, dtype=np.uint8)
    if mode == "1":
        return Image.fromarray(values).convert("1")
    if mode == "P":
        return Image.fromarray(np.dstack([values] * 3)).quantize(32)
    return Image.fromarray(values, mode)


@pytest.mark.parametrize("kind", ["png", "tiff"])
@pytest.mark.parametrize("factor", [2, 3, 5])
@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA"])
def test_bands_make_the_same_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, factor: int, kind: str) -> None:
    monkeypatch.setattr(large, "_BAND_BYTES", 5000)
    path = tmp_path / f"a.{kind}"
    noise(mode).save(path)
    with Image.open(path) as image:
        found = np.asarray(large.reduced(image, path, factor).convert("RGB"), dtype=int)
    with Image.open(path) as image:
        whole: Any = large.plain(image).reduce(factor).convert("RGB")
    assert np.abs(found - np.asarray(whole, dtype=int)).max() <= 1


def test_a_cut_png_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "_BAND_BYTES", 5000)
    path = tmp_path / "a.png"
    noise("RGB").save(path)
    path.write_bytes(path.read_bytes()[:50_000])
    with Image.open(path) as image, pytest.raises((OSError, ValueError)):
        large.reduced(image, path, 3)
