from pathlib import Path

from benchmarks.synthetic import fill
from vanthu.register import Register


def test_a_synthetic_register_is_one_as_the_product_makes_it(tmp_path: Path) -> None:
    fill(tmp_path / "a", 40, seed=3, originals=True)
    fill(tmp_path / "b", 40, seed=3)
    fill(tmp_path / "c", 40, seed=4)
    with Register.open(tmp_path / "a") as one, Register.open(tmp_path / "b") as same, Register.open(tmp_path / "c") as other:
        assert one.check() == []
        assert one.count() == 40
        shown = one.show(40)
        assert one.search(f'"{shown["record"]["signer"]["name"]}"')[0]["id"] == 40
        assert one.search(shown["record"]["code"])[0]["id"] == 40
        assert [same.text(n) for n in (1, 20, 40)] == [one.text(n) for n in (1, 20, 40)]
        assert other.text(40) != one.text(40)
        again = one.base.rows("SELECT * FROM texts WHERE document_id=40")
        one.correct(40, "archive", "VT, NV", who="An")  # the product works the texts out anew
        for row, before in zip(one.base.rows("SELECT * FROM texts WHERE document_id=40"), again, strict=True):
            assert {name: set(str(text).split()) for name, text in row.items()} == {
                name: set(str(text).split()) for name, text in before.items()
            }
