"""Which series a command runs on, and what is said where one cannot be had."""

import environment
import launch
import odoo_source
import pytest
from odoo_source import Source
from series import FIRST, NEXT
from workspace import SetupError


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine that can have the series in its list, and nothing is really set up."""
    available = [FIRST, NEXT]

    def find(series):
        if series in available:
            return Source(tmp_path, series.name)
        raise SetupError(f"long {series.name}") from SetupError(f"{series.name} out of reach.")

    monkeypatch.setattr(odoo_source, "named", lambda: None)
    monkeypatch.setattr(odoo_source, "find", find)
    monkeypatch.setattr(environment, "prepare", find)
    return available


@pytest.mark.usefixtures("machine")
def test_odoo_17_is_the_first_choice(capsys):
    assert launch.wanted_series("demo.py", "") == [FIRST]
    assert capsys.readouterr().out == ""


def test_without_it_one_line_tells_of_the_fall_back(machine, capsys):
    machine.remove(FIRST)
    assert launch.wanted_series("demo.py", "") == [NEXT]
    assert capsys.readouterr().out == (
        "» falling back to Odoo 19.0 from Debian's package. 17.0 out of reach.\n"
    )


def test_where_none_can_be_had_the_error_names_what_is_missing(machine):
    machine.clear()
    with pytest.raises(SetupError) as caught:
        launch.wanted_series("demo.py", "")
    assert "17.0" in str(caught.value)
    assert "19.0" in str(caught.value)


def test_a_series_that_is_asked_for_is_not_replaced(machine):
    machine.remove(FIRST)
    with pytest.raises(SetupError, match="17.0"):
        launch.wanted_series("demo.py", "17.0")
    assert launch.wanted_series("demo.py", "19.0") == [NEXT]


def test_all_means_all(machine):
    assert launch.wanted_series("run_tests.py", "all") == [FIRST, NEXT]
    machine.remove(NEXT)
    with pytest.raises(SetupError, match="19.0"):
        launch.wanted_series("run_tests.py", "all")


def test_available_means_those_that_can_be_had_and_names_the_others(machine, capsys):
    machine.remove(NEXT)
    assert launch.wanted_series("run_tests.py", "available") == [FIRST]
    assert "Odoo 19.0 cannot be had here" in capsys.readouterr().out
    machine.remove(FIRST)
    with pytest.raises(SetupError, match="No series"):
        launch.wanted_series("run_tests.py", "available")


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize(("script", "name"), [("demo.py", "all"), ("demo.py", "18.0")])
def test_what_makes_no_sense_is_refused_with_the_choices(script, name):
    with pytest.raises(SetupError, match=r"Give one of 17\.0, 19\.0"):
        launch.wanted_series(script, name)


@pytest.mark.usefixtures("machine")
def test_the_folder_of_odoo_src_decides_its_series(monkeypatch, tmp_path):
    monkeypatch.setenv("ODOO_SRC", str(tmp_path))
    monkeypatch.setattr(odoo_source, "named", lambda: Source(tmp_path, "19.0"))
    assert launch.wanted_series("demo.py", "") == [NEXT]
    with pytest.raises(SetupError, match="is not Odoo 17.0 but 19.0"):
        launch.wanted_series("demo.py", "17.0")
    monkeypatch.setattr(odoo_source, "named", lambda: Source(tmp_path, "16.0"))
    with pytest.raises(SetupError, match="holds Odoo 16.0"):
        launch.wanted_series("demo.py", "")


def test_one_line_sums_up_several_series(monkeypatch, tmp_path, capsys):
    import series

    monkeypatch.setattr(series, "RUN", tmp_path)
    FIRST.folder.mkdir()
    FIRST.outcome.write_text('{"passed": 3, "failed": 0, "skipped": 1}')
    assert launch.summed_up([FIRST, NEXT], [0, 1]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Odoo 17.0: 3 passed, 0 failed, 1 skipped",
        "Odoo 19.0: 0 passed, 1 failed",
        "3 passed, 1 failed, 1 skipped",
    ]
