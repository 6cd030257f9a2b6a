"""The short forms of `make bench-scale` and `make soak`."""

from pathlib import Path

import pytest

from benchmarks import scale, soak
from benchmarks.scale_mix import MIX
from benchmarks.scale_night import last_day, night_of, settings_of
from benchmarks.synthetic import fill
from vanthu.pipeline.checks import faults
from vanthu.pipeline.place import Place
from vanthu.register import Register
from vanthu.settings import Settings


def test_each_kind_of_question_is_put_and_found(tmp_path: Path) -> None:
    fill(tmp_path, 30)
    with Register.open(tmp_path, today=last_day(tmp_path)) as register:
        found = {line[:34].strip(): float(line[34:45].strip().rstrip("%")) for line in scale.searching(register.base, repeat=0)}
        assert [*found] == [*MIX] and all(share > 0 for share in found.values())
        assert scale.sizes(register.base)[-1].startswith("all")


def test_a_build_that_was_cut_off_goes_on_to_the_same_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks import synthetic

    monkeypatch.setattr(synthetic, "_BATCH", 10)
    monkeypatch.setattr(synthetic, "DISTINCT", 15)
    fill(tmp_path / "whole", 40, originals=True)
    real, left = synthetic._write, [2]

    def cut(*words: object) -> None:
        real(*words)  # type: ignore[arg-type]
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt

    monkeypatch.setattr(synthetic, "_write", cut)
    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "cut", 40, originals=True)
    monkeypatch.setattr(synthetic, "_write", real)
    fill(tmp_path / "cut", 40, originals=True)
    with Register.open(tmp_path / "whole") as whole, Register.open(tmp_path / "cut") as cut_off:
        for table in ("documents", "texts", "events", "follow_ups"):
            assert whole.base.rows(f"SELECT * FROM {table}") == cut_off.base.rows(f"SELECT * FROM {table}")
        assert cut_off.check() == []


@pytest.mark.slow
def test_a_night_on_a_full_register_is_told_part_by_part(office: Settings) -> None:
    fill(office.outputs, 30, originals=True)
    settings = settings_of(office.outputs, last_day(office.outputs))
    assert [line[:16] for line in night_of(settings, backup=True)][-1] == "night: backup an"
    with Place(settings).register as register:
        assert register.count() == 50


@pytest.mark.slow
def test_full_load_for_a_moment_leaves_no_handle_open(office: Settings) -> None:
    number, _, _ = soak.minute(office, 1, until=0)
    held = soak.used()[1]
    for _ in range(3):
        number, intakes, asked = soak.minute(office, number, until=0)
        assert intakes and asked
    assert soak.used()[1] <= held + 2
    assert faults(Place(office)) == []
