"""Which commit was the last of each version."""

import subprocess

import pytest
import released
import removal
from workspace import MODULE


@pytest.fixture
def history(tmp_path, monkeypatch):
    """A function that commits a manifest of a version and returns the commit."""
    monkeypatch.setattr(released, "ROOT", tmp_path)

    def git(*arguments):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        return subprocess.run(
            ["git", *identity, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout.strip()

    def commit(version, note=""):
        (tmp_path / released.MANIFEST).write_text(
            f'{{"version": "{version}", "depends": ["mlxtend", "joblib"]}}  # {note}\n'
        )
        git("add", "-A")
        git("commit", "-m", version)
        return git("rev-parse", "HEAD")

    git("init")
    return commit


def test_a_version_ends_before_the_next_begins(history):
    history("1.0")
    last = history("1.0", "more of it")
    other = history("1.1")
    history("1.2")
    assert released.commits() == {"1.0": last, "1.1": other}
    assert list(released.commits()) == ["1.0", "1.1"]


def test_without_a_history_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(released, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert released.commits() == {}


def test_an_older_addon_asks_for_no_library_that_it_does_not_use(history, tmp_path):
    commit = history("1.0")
    released.unpack(commit, tmp_path / "older")
    manifest = tmp_path / "older" / MODULE / released.MANIFEST
    assert '["joblib"]' in manifest.read_text()


def test_what_an_upgrade_lost_is_named():
    before = ({"ai_days": 5, "ai_gone": 1, "ai_available_stock": "reserved"}, {"ai_rule": 3})
    after = ({"ai_days": 4, "ai_available_stock": "outgoing"}, {"ai_rule": 2, "ai_new": 0})
    assert list(removal.lost(before, after)) == [
        "ai_days was 5 and is 4",
        "ai_rule had 3 rows and has 2",
    ]
    assert list(removal.lost(before, before)) == []
