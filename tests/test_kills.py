import pytest

from benchmarks.kills import rounds


@pytest.mark.slow
def test_a_kill_at_any_moment_of_an_intake_loses_and_doubles_nothing() -> None:
    done = rounds(5, seed=2024)
    assert [one for one in done if one.faults] == []
    assert sum(one.hit for one in done) >= 2
