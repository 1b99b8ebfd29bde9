"""Subjects use core and what the README's table says; the walker sees every way to use another."""

import ast
import re
import textwrap
from collections import defaultdict

import draw_house
import house
import pytest
from workspace import ROOT

TABLE = {"core": set(), "fruit": {"core"}, "tree": {"core", "fruit"}}
FRUIT = """
from odoo import models

class Fruit(models.Model):
    _name = "ai.fruit"
    ai_ripe = fields.Boolean()

    def _peel(self):
        return self
"""


@pytest.fixture
def checkout(tmp_path):
    """A small addon with the subjects of TABLE; write(name, text) adds a file."""

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))

    write("models/fruit/ai_fruit.py", FRUIT)
    write("models/core/ai_core.py", 'class Core:\n    _name = "ai.core"\n')
    write("algorithms/fruit/taste.py", "SWEET = 1\n")
    write("views/fruit/fruit_views.xml", '<odoo><record id="fruit_action" model="x"/></odoo>')
    write("static/src/fruit/fruit.js", "export const RIPE = 1;\n")
    write("static/src/fruit/fruit.xml", '<t t-name="smart_recommender.Fruit"/>')
    return tmp_path, write


def test_no_subject_uses_what_the_table_does_not_allow():
    table = house.allowed()
    assert [str(use) for use in house.House(subjects=table).trespasses(table)] == []


def test_every_use_that_the_table_allows_is_made():
    table = house.allowed()
    made = {(use.subject, use.other) for use in house.House(subjects=table).uses()}
    wanted = {(word, other) for word, others in table.items() for other in others}
    assert wanted - made == set(), "take what nobody uses out of the README's table"


def test_every_file_of_the_trees_has_a_subject():
    table = house.allowed()
    lost = []
    for tree in house.TREES:
        for path in (ROOT / tree).rglob("*"):
            name = path.relative_to(ROOT)
            whole = path.name in ("__init__.py", "conftest.py") or "__pycache__" in path.parts
            if path.is_file() and not whole and not house.word_of(name, table):
                lost.append(str(name))
    assert lost == []


def test_no_method_of_a_model_takes_the_place_of_another_by_chance():
    """Two subjects that give one name to two things: the second one silently wins."""
    found = defaultdict(list)
    for path in sorted((ROOT / "models").rglob("*.py")):
        for model, method in _methods(ast.parse(path.read_text())):
            found[model, method.name].append((str(path.relative_to(ROOT)), method))
    assert len(found) > 500
    replaced = [
        (key, [path for path, _method in methods])
        for key, methods in found.items()
        if sum(not _calls_super(method) for _path, method in methods) > 1
        and not any("to be extended" in (ast.get_docstring(m) or "") for _path, m in methods)
    ]
    assert replaced == []


def _methods(tree):
    """(name of a model, method) of the classes of a file."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        names = {
            each.targets[0].id: each.value
            for each in node.body
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)
        }
        named = names.get("_name") or names.get("_inherit")
        if isinstance(named, ast.Constant):
            yield from ((named.value, m) for m in node.body if isinstance(m, ast.FunctionDef))


def _calls_super(method):
    return any(isinstance(node, ast.Name) and node.id == "super" for node in ast.walk(method))


def test_the_views_of_runs_in_core_name_no_field_and_no_kind_of_a_subject():
    def declared(word):
        paths = (ROOT / "models" / word).glob("ai_training_r*.py")
        return {
            field
            for path in paths
            for field in re.findall(r"^    (\w+) = fields\.", path.read_text(), re.M)
        }

    theirs = set().union(*map(declared, house.allowed().keys() - {house.CORE}))
    theirs -= declared(house.CORE)
    assert {"rule_count", "wape", "anomaly_count"} <= theirs
    for path in (ROOT / "views" / house.CORE).glob("ai_training_run*.xml"):
        text = path.read_text()
        assert theirs & set(re.findall(r"\w+", text)) == set(), path.name
        assert re.findall(r"\bkind\b'?,? (?:[=!]=|not|in|'=')", text) == [], path.name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("models/core/a.py", "from ..fruit.ai_fruit import Fruit\n"),
        ("models/core/a.py", "from ...algorithms.fruit import taste\n"),
        ("models/core/a.py", 'def f(self):\n    self.env["ai.fruit"]\n'),
        ("models/core/a.py", 'class A:\n    x = fields.Many2one("ai.fruit")\n'),
        ("models/core/a.py", "def f(fruit):\n    fruit._peel()\n"),
        ("models/core/a.py", "def f(company):\n    return company.ai_ripe\n"),
        ("models/core/a.py", 'QUERY = "SELECT 1 FROM ai_fruit"\n'),
        ("models/core/a.py", 'ACTION = "smart_recommender.fruit_action"\n'),
        ("static/src/core/a.js", 'doAction("smart_recommender.fruit_action");\n'),
        ("views/core/a.xml", '<odoo><menuitem id="m" action="fruit_action"/></odoo>'),
        ("views/core/a.xml", '<odoo><field name="inherit_id" ref="fruit_action"/></odoo>'),
        ("views/core/a.xml", '<odoo><button name="%(fruit_action)d"/></odoo>'),
        ("views/core/a.xml", '<odoo><field name="ai_ripe"/></odoo>'),
        ("views/core/a.xml", '<odoo><field name="model">ai.fruit</field></odoo>'),
        ("static/src/core/a.js", 'import { RIPE } from "../fruit/fruit";\n'),
        ("static/src/core/a.js", 'this.orm.call("ai.fruit", "read", []);\n'),
        ("static/src/core/a.xml", '<t t-inherit="smart_recommender.Fruit"/>'),
        (
            "security/core/ir.model.access.csv",
            "id,name,model_id:id,group_id:id\na,a,model_ai_fruit,base.group_user\n",
        ),
    ],
)
def test_each_way_to_use_another_is_seen(checkout, name, text):
    root, write = checkout
    assert house.House(root, TABLE).trespasses(TABLE) == []
    write(name, text)
    found = house.House(root, TABLE).trespasses(TABLE)
    assert {(use.path, use.subject, use.other) for use in found} == {(name, "core", "fruit")}


def test_what_the_table_allows_is_no_trespass(checkout):
    root, write = checkout
    write("models/tree/ai_tree.py", 'def f(self):\n    self.env["ai.fruit"]._peel()\n')
    assert len(house.House(root, TABLE).uses()) == 2
    assert house.House(root, TABLE).trespasses(TABLE) == []


def test_a_method_that_another_extends_is_whose_it_was(checkout):
    root, write = checkout
    table = {**TABLE, "bark": {"core", "fruit"}, "tree": {"core", "fruit"}}
    write("models/bark/ai_fruit.py", "class Fruit:\n    def _peel(self):\n        pass\n")
    write("models/tree/ai_tree.py", "def f(fruit):\n    fruit._peel()\n")
    [use] = [use for use in house.House(root, table).uses() if use.what == "._peel"]
    assert use.other == "fruit"


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("models/anomaly/ai_anomaly.py", "anomaly"),
        ("tests/call/test_call_log.py", "call"),
        ("tests/algorithms/forecast/test_means.py", "forecast"),
        ("static/src/client/client_sheet.js", "client"),
        ("static/tests/tours/replenishment_tour.js", "replenishment"),
        ("views/core/menus.xml", "core"),
        ("models/__init__.py", None),
        ("scripts/house.py", None),
        ("README.md", None),
    ],
)
def test_a_path_tells_its_subject(path, word):
    assert house.word_of(path, house.allowed()) == word


def test_dependants_are_found_through_others():
    table = {"core": set(), "a": {"core"}, "b": {"a"}, "c": {"b"}, "d": {"core"}}
    assert house.dependants({"a"}, table) == {"a", "b", "c"}
    assert house.dependants({"d"}, table) == {"d"}
    assert house.dependants({"core"}, table) == set(table)


def test_a_readme_without_the_table_is_an_error(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("# Nothing\n")
    with pytest.raises(ValueError, match="no table of subjects"):
        house.allowed(readme)


def test_a_circle_cannot_be_drawn():
    with pytest.raises(ValueError, match="a, b use each other in a circle"):
        draw_house.floors({"core": set(), "a": {"b"}, "b": {"a"}})


def test_the_picture_is_that_of_the_code():
    assert draw_house.PICTURE.read_text() == draw_house.picture(), "run 'make picture'"


def test_no_file_of_tests_is_left_out():
    """Odoo runs what a package imports, and says nothing of the rest."""
    packages = [
        path for path in (ROOT / "tests").glob("*/__init__.py") if path.parent.name != "algorithms"
    ]
    assert packages
    for package in packages:
        imported = {
            name.name
            for node in ast.walk(ast.parse(package.read_text()))
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }
        assert {path.stem for path in package.parent.glob("test_*.py")} <= imported, package


def test_a_subject_leaves_without_a_trace(tmp_path):
    (tmp_path / "models" / "fruit").mkdir(parents=True)
    (tmp_path / house.TOURS).mkdir(parents=True)
    (tmp_path / house.TOURS / "fruit_tour.js").touch()
    (tmp_path / "tests").mkdir()
    for package in ("wizards", "controllers", "algorithms"):
        (tmp_path / package).mkdir()
    for package in ("models", "wizards", "controllers", "algorithms"):
        (tmp_path / package / "__init__.py").write_text("from . import core\nfrom . import fruit\n")
    (tmp_path / "wizards" / "__init__.py").write_text("from . import fruit, tree\n")
    (tmp_path / "tests" / "__init__.py").write_text("from .core import *\nfrom .fruit import *\n")
    (tmp_path / "__manifest__.py").write_text(
        '{"data": [\n    "views/core/a.xml",\n    "views/fruit/a.xml",\n]}\n'
    )
    house.remove(tmp_path, "fruit")
    assert not (tmp_path / "models" / "fruit").exists()
    assert not list((tmp_path / house.TOURS).iterdir())
    assert (tmp_path / "models" / "__init__.py").read_text() == "from . import core\n"
    assert (tmp_path / "wizards" / "__init__.py").read_text() == "from . import tree\n"
    assert (tmp_path / "tests" / "__init__.py").read_text() == "from .core import *\n"
    assert (tmp_path / "__manifest__.py").read_text() == '{"data": [\n    "views/core/a.xml",\n]}\n'
