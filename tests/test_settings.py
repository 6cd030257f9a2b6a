from datetime import date
from pathlib import Path

import pytest

from flows import environment
from models.context import Office
from vanthu.errors import WrongUse
from vanthu.sections import Mail
from vanthu.settings import CHECKOUT, VIETNAM, load


def test_without_anything_set_the_checkout_is_used(tmp_path: Path) -> None:
    settings = load({}, tmp_path)
    assert (settings.inbox, settings.outputs) == (CHECKOUT / "inbox", CHECKOUT / "outputs")
    assert settings.quiet == 2
    assert settings.office == Office()
    assert settings.lang == "vi"
    assert settings.prefect_home == CHECKOUT / "outputs" / "prefect"


def test_environment_over_file(tmp_path: Path) -> None:
    (tmp_path / "vanthu.toml").write_text(
        """inbox = "vào"
quiet = 5
lang = "en"
today = 2024-03-08
separate_party_book = true
[office]
names = ["Ủy ban nhân dân phường Rạch Giá", "UBND phường Rạch Giá"]
units = [["Phòng Kinh tế", "PKT"], ["Văn phòng"]]
[first_numbers]
"den/2024" = 120
""",
        encoding="utf-8",
    )
    settings = load({"VANTHU_QUIET": "0.5", "VANTHU_OUTPUTS": "ra"}, tmp_path)
    assert (settings.inbox, settings.outputs, settings.quiet) == (tmp_path / "vào", tmp_path / "ra", 0.5)
    assert settings.today == date(2024, 3, 8)
    assert settings.office.names[1] == "UBND phường Rạch Giá"
    assert settings.office.units == (("Phòng Kinh tế", "PKT"), ("Văn phòng",))
    assert settings.first_numbers == {("den", 2024): 120}
    assert settings.separate_party_book
    assert settings.lang == "en"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIET", "soon"),
        ("QUIET", "-1"),
        ("QUIET", "nan"),
        ("PORT", "0"),
        ("PORT", "80.5"),
        ("PREFECT_PORT", "70000"),
        ("TODAY", "6/3/2024"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(WrongUse):
        load({f"VANTHU_{name}": value}, tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "inboks = 'x'",
        "inbox = ",
        "[office]\nname = 'x'",
        "[office]\nnames = [1]",
        "[first_numbers]\n'den' = 3",
        "[first_numbers]\n'den/2024' = 0",
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, line: str) -> None:
    (tmp_path / "vanthu.toml").write_text(line, encoding="utf-8")
    with pytest.raises(WrongUse) as wrong:
        load({}, tmp_path)
    assert str(wrong.value)
    if line.startswith("inboks"):
        assert "inbox" in str(wrong.value)


def test_a_program_in_another_folder_finds_the_settings_of_the_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, elsewhere = tmp_path / "office", tmp_path / "elsewhere"
    office.mkdir()
    elsewhere.mkdir()
    (office / "vanthu.toml").write_text("inbox = 'scans'\n", encoding="utf-8")
    monkeypatch.delenv("VANTHU_HOME", raising=False)
    monkeypatch.chdir(office)
    told = environment.variables(load({}), None)
    monkeypatch.chdir(elsewhere)
    assert load({"VANTHU_HOME": told["VANTHU_HOME"]}).inbox == office / "scans"
    assert load({}).inbox != office / "scans"


def test_the_day_is_that_of_vietnam() -> None:
    assert VIETNAM.utcoffset(None).total_seconds() == 7 * 3600


def test_mail_and_letterhead_are_tables_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "vanthu.toml").write_text(
        """[mail]
host = "mail.ubnd.vn"
port = 587
security = "starttls"
sender = "vanthu@ubnd.vn"
to = ["chanhvanphong@ubnd.vn"]
[letterhead]
place = "Rạch Giá"
authority = "TM. ỦY BAN NHÂN DÂN"
""",
        encoding="utf-8",
    )
    settings = load({}, tmp_path)
    assert settings.mail.is_set
    assert (settings.mail.port, settings.mail.to) == (587, ("chanhvanphong@ubnd.vn",))
    assert settings.letterhead.authority == ("TM. ỦY BAN NHÂN DÂN",)
    assert not Mail().is_set


@pytest.mark.parametrize(
    "written",
    [
        "mail = 3",
        "[mail]\nhots = 'a'",
        "[mail]\nport = '25'",
        "[mail]\nhost = 'a'",
        "[mail]\nsecurity = 'ssl'",
        "[letterhead]\nauthority = [1]",
    ],
)
def test_a_table_that_makes_no_sense_is_refused(tmp_path: Path, written: str) -> None:
    (tmp_path / "vanthu.toml").write_text(written, encoding="utf-8")
    with pytest.raises(WrongUse):
        load({}, tmp_path)
