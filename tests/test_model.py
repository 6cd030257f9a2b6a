"""Which model Tesseract reads with: the office's own where it has laid one down, else Debian's."""

from pathlib import Path

import pytest

from vanthu import settings
from vanthu.ocr import model


def test_debians_model_where_the_office_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_OUTPUTS", str(tmp_path))
    assert model.own() is None
    assert (model.folder() / "vie.traineddata").is_file()


@pytest.mark.parametrize("named", [False, True])
def test_the_offices_own_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    own = tmp_path / ("mô hình" if named else "tessdata")
    own.mkdir()
    (own / "vie.traineddata").touch()
    monkeypatch.setenv("VANTHU_OUTPUTS", str(tmp_path))
    if named:
        monkeypatch.setenv("VANTHU_TESSDATA", str(own))
    assert settings.load().tessdata == model.own() == model.folder() == own
