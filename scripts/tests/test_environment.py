import environment
import pytest
from workspace import SetupError, port_from


@pytest.fixture
def odoo_tree(tmp_path):
    tree = tmp_path / "odoo-17.0"
    (tree / "odoo").mkdir(parents=True)
    (tree / "odoo-bin").touch()
    (tree / "odoo" / "release.py").write_text("version_info = (17, 0, 0, FINAL, 0, '')\n")
    return tree


def test_odoo_src_comes_first(odoo_tree, monkeypatch):
    monkeypatch.setenv("ODOO_SRC", str(odoo_tree))
    assert environment.find_odoo() == odoo_tree


def test_the_cache_comes_second(odoo_tree, monkeypatch, tmp_path):
    monkeypatch.delenv("ODOO_SRC", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cached = tmp_path / "cache" / "smart_recommender" / "odoo-17.0"
    cached.parent.mkdir(parents=True)
    odoo_tree.rename(cached)
    assert environment.find_odoo() == cached


def test_another_series_is_refused(odoo_tree, monkeypatch):
    (odoo_tree / "odoo" / "release.py").write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    monkeypatch.setenv("ODOO_SRC", str(odoo_tree))
    with pytest.raises(SetupError, match="not Odoo 17.0"):
        environment.find_odoo()


def test_where_nothing_works_the_three_ways_are_named(monkeypatch, tmp_path):
    monkeypatch.delenv("ODOO_SRC", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(environment, "REPOSITORY", str(tmp_path / "no-such-repository"))
    with pytest.raises(SetupError) as caught:
        environment.find_odoo()
    for way in ("ODOO_SRC", str(tmp_path / "smart_recommender" / "odoo-17.0"), "git can"):
        assert way in str(caught.value)
    assert not (tmp_path / "smart_recommender" / "odoo-17.0").exists()


def test_the_addon_is_linked_by_parts_and_only_differences_are_touched(monkeypatch, tmp_path):
    root, addons = tmp_path / "any-name", tmp_path / "any-name" / ".run" / "addons"
    (root / "models").mkdir(parents=True)
    (root / "node_modules").mkdir()
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "ADDONS", addons)
    environment.link_addon()
    addon = addons / "smart_recommender"
    assert [link.name for link in addon.iterdir()] == ["models"]
    before = (addon / "models").lstat().st_ino
    (root / "views").mkdir()
    environment.link_addon()
    assert (addon / "models").lstat().st_ino == before
    (root / "views").rmdir()
    environment.link_addon()
    assert [link.name for link in addon.iterdir()] == ["models"]


@pytest.mark.parametrize("version", [(3, 9), (3, 13)])
def test_an_unsupported_python_is_refused_before_anything_is_removed(
    version, tmp_path, monkeypatch
):
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment.sys, "version_info", (*version, 0))
    (tmp_path / "complete").touch()
    with pytest.raises(SetupError, match=f"Python {version[0]}.{version[1]} cannot run"):
        environment.main()
    assert (tmp_path / "complete").exists()


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
