"""Odoo comes from where a person says, from the cache, or from the network; else they hear how."""

import odoo_source
import pytest
from series import FIRST, NEXT
from workspace import SetupError


def make_source(folder, version="17, 0"):
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(f"version_info = ({version}, 0, FINAL, 0, '')\n")
    return folder


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The folder that caches Odoo, with nothing in it, and no other source anywhere."""
    monkeypatch.delenv("ODOO_SRC", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(odoo_source, "REPOSITORY", str(tmp_path / "no-such-repository"))
    return tmp_path / "cache" / "smart_recommender"


def test_odoo_src_comes_first(cache, tmp_path, monkeypatch):
    make_source(cache / "odoo-17.0")
    monkeypatch.setenv("ODOO_SRC", str(make_source(tmp_path / "mine")))
    assert odoo_source.find(FIRST).path == tmp_path / "mine"


def test_the_cache_comes_second(cache):
    make_source(cache / "odoo-17.0")
    assert odoo_source.find(FIRST).path == cache / "odoo-17.0"


def test_a_source_of_another_series_is_left_aside(cache, tmp_path, monkeypatch):
    make_source(cache / "odoo-17.0")
    monkeypatch.setenv("ODOO_SRC", str(make_source(tmp_path / "mine", "19, 0")))
    assert odoo_source.find(FIRST).path == cache / "odoo-17.0"
    assert odoo_source.find(NEXT).path == tmp_path / "mine"


def test_an_unpacked_debian_package_is_a_source(cache):
    packages = cache / "odoo-19.0" / "usr" / "lib" / "python3" / "dist-packages"
    make_source(packages, "19, 0")
    (packages / "odoo" / "addons").mkdir()
    source = odoo_source.find(NEXT)
    assert (source.path, source.series) == (packages, "19.0")
    assert source.addons_path() == [packages / "odoo" / "addons"]


def test_a_cache_with_the_wrong_series_is_named(cache):
    make_source(cache / "odoo-17.0", "18, 0")
    with pytest.raises(SetupError, match=r"odoo-17.0 is not Odoo 17.0 but 18.0"):
        odoo_source.find(FIRST)


def test_a_folder_without_odoo_is_named(cache, tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_SRC", str(tmp_path))
    with pytest.raises(SetupError, match=f"{tmp_path} .from ODOO_SRC. holds no Odoo"):
        odoo_source.find(FIRST)
    assert not cache.exists()


def test_where_nothing_works_the_reason_and_the_three_ways_are_named(cache):
    with pytest.raises(SetupError) as caught:
        odoo_source.find(FIRST)
    for part in ("no-such-repository", "ODOO_SRC", str(cache / "odoo-17.0"), "let git reach"):
        assert part in str(caught.value)
    assert not (cache / "odoo-17.0").exists()
    assert not (cache / "odoo-17.0.partial").exists()


@pytest.mark.usefixtures("cache")
def test_without_git_it_is_git_that_is_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="git is missing"):
        odoo_source.find(FIRST)


@pytest.mark.usefixtures("cache")
def test_a_network_that_answers_nothing_is_given_up(monkeypatch, tmp_path):
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text("#!/bin/sh\nexec sleep 5\n")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", str(git.parent), prepend=":")
    monkeypatch.setattr(odoo_source, "REACH_SECONDS", 0.2)
    with pytest.raises(SetupError, match=r"within 0.2 seconds"):
        odoo_source.find(FIRST)
