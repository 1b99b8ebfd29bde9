import threading

import environment
import pytest
import series
from workspace import SetupError, port_from

DEADLINE = 60


@pytest.mark.parametrize(
    ("one", "version"), [(series.FIRST, (3, 9)), (series.FIRST, (3, 13)), (series.NEXT, (3, 10))]
)
def test_an_unsupported_python_is_refused_before_anything_is_removed(
    one, version, tmp_path, monkeypatch
):
    monkeypatch.setattr(series, "RUN", tmp_path)
    monkeypatch.setattr(environment.sys, "version_info", (*version, 0))
    one.venv.mkdir(parents=True)
    (one.venv / "complete").touch()
    with pytest.raises(SetupError, match=f"Python {version[0]}.{version[1]} cannot run"):
        environment.prepare(one)
    assert (one.venv / "complete").exists()


def test_two_commands_do_not_set_a_series_up_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "RUN", tmp_path)
    events = []

    def second():
        events.append("second asks")
        asked.set()
        with environment.alone(series.FIRST):
            events.append("second begins")

    asked = threading.Event()
    other = threading.Thread(target=second, daemon=True)
    with environment.alone(series.FIRST), environment.alone(series.NEXT):
        other.start()
        assert asked.wait(DEADLINE)
        other.join(0.2)  # time enough to go wrong
        events.append("first ends")
    other.join(DEADLINE)
    assert events == ["second asks", "first ends", "second begins"]


def test_each_series_has_its_own_databases_and_folders():
    first, second = series.ALL
    assert first.database("demo") == "smart_recommender_demo_17"
    assert second.database("demo") == "smart_recommender_demo_19"
    assert len({first.venv, second.venv, first.addons, second.addons}) == 4
    assert first.lock_file.is_file()
    assert second.lock_file.is_file()


def test_both_series_learn_with_the_same_libraries():
    """Pure tests run once for both: their libraries must not differ."""
    learning = ("joblib", "mlxtend", "numpy", "pandas", "scikit-learn", "scipy")
    pins = [
        sorted(line for line in one.lock_file.read_text().splitlines() if line.startswith(learning))
        for one in series.ALL
    ]
    assert pins[0] == pins[1]
    assert len(pins[0]) == len(learning)


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_none_is_named_with_the_remedy(text, monkeypatch):
    monkeypatch.setenv("HTTP_PORT", text)
    with pytest.raises(SetupError, match=f"HTTP_PORT={text} is not a port"):
        port_from("HTTP_PORT", 8069)


def test_the_port_is_the_default_or_the_one_given(monkeypatch):
    monkeypatch.delenv("HTTP_PORT", raising=False)
    assert port_from("HTTP_PORT", 8069) == 8069
    monkeypatch.setenv("HTTP_PORT", "8070")
    assert port_from("HTTP_PORT", 8069) == 8070
