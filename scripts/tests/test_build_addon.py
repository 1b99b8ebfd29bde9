"""The checkout is the addon of 17.0; what 19.0 gets is generated from it."""

import ast
import re

import build_addon
import port_rules
import pytest
from workspace import ROOT

PORTED = (
    # what 17.0 says, in which file, what 19.0 wants
    ("__manifest__.py", '    "version": "17.0.1.1.0",', '    "version": "19.0.1.1.0",'),
    ("a.py", 'group_operator="avg"', 'aggregator="avg"'),
    ("a.py", "line.product_uom.name", "line.product_uom_id.name"),
    ("a.py", "sol.product_uom = uom.id", "sol.product_uom_id = uom.id"),
    ("a.py", 'env.ref("uom.product_uom_dozen")', 'env.ref("uom.product_uom_dozen")'),
    ("a.py", "product_uom_qty, product_uom_id", "product_uom_qty, product_uom_id"),
    ("a.py", "line.tax_id", "line.tax_ids"),
    ("a.py", "company.account_sale_tax_id", "company.account_sale_tax_id"),
    ("a.py", '"detailed_type": "consu"', '"type": "consu"'),
    ("a.py", 'bottle.detailed_type = "product"', "bottle.is_storable = True"),
    ("a.py", 'product.type == "product"', "product.is_storable"),
    ("a.py", 'digits="Product Unit of Measure"', 'digits="Product Unit"'),
    ("a.xml", '<field name="groups_id" />', '<field name="group_ids" />'),
    (
        "a.py",
        "line.quantity / invoice_uom.factor * uom.factor::float8",
        "line.quantity / (1 / invoice_uom.factor) * (1 / uom.factor)::float8",
    ),
    ("cron.xml", '    <field name="numbercall">-1</field>\n<x/>', "<x/>"),
    ("a.xml", '<div class="oe_chatter">\n<field name="message_ids" />\n</div>', "<chatter />"),
    ("a.xml", '<t t-name="kanban-box">', '<t t-name="card">'),
    ("a.xml", '<field name="target">inline</field>', '<field name="target">current</field>'),
    (
        "res_partner_phone_views.xml",
        '  <field name="phone_third" widget="phone" />\n',
        '  <field name="mobile" widget="phone" />\n  <field name="phone_third" widget="phone" />\n',
    ),
    (
        "a.js",
        "{ product_id: [item.product_id, item.name] }",
        "{ product_id: { id: item.product_id, display_name: item.name } }",
    ),
    ("a_steps.js", '{ trigger: ".o_form", isCheck: true },', '{ trigger: ".o_form" },'),
    ("a_tour.js", '{ trigger: ".o_form_saved", isCheck: true },', '{ trigger: ".o_form_saved" },'),
    ("a_tour.js", 'run: "text Savon"', 'run: "edit Savon"'),
    (
        "a_tour.js",
        "@web_tour/tour_service/tour_utils",
        "@web_tour/tour_utils",
    ),
)


@pytest.mark.parametrize(("name", "before", "after"), PORTED)
def test_a_rule_rewrites_what_it_is_for_and_nothing_beside(name, before, after, tmp_path):
    (tmp_path / name).write_text(before)
    port_rules.apply(tmp_path)
    assert (tmp_path / name).read_text() == after


def test_groups_get_a_privilege_between_them_and_their_category(tmp_path):
    source = (ROOT / "security" / "core" / "res_groups.xml").read_text()
    (tmp_path / "res_groups.xml").write_text(source)
    port_rules.apply(tmp_path)
    text = (tmp_path / "res_groups.xml").read_text()
    assert text.count('model="res.groups.privilege"') == 2
    assert text.count('<field name="privilege_id" ref="privilege_ai_recommender" />') == 2
    assert text.count('<field name="category_id" ref="module_category_ai_recommender" />') == 1
    assert '<field name="name">Call Center</field>\n        <field name="category_id"' in text
    assert 'name="users"' not in text


@pytest.fixture
def ported(tmp_path):
    """The addon after our rules, without Odoo's own rewriter."""
    addon = tmp_path / "addon"
    build_addon.copy(addon)
    unused = port_rules.apply(addon)
    # A rule that finds nothing has outlived its use.
    assert unused == []
    return addon


def test_what_is_generated_is_still_python(ported):
    for path in ported.rglob("*.py"):
        ast.parse(path.read_text(), filename=str(path))


def test_access_rights_name_the_same_models(ported):
    names = {path.relative_to(ROOT) for path in ROOT.glob("security/*/ir.model.access.csv")}
    assert names
    for name in names:
        assert (ported / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_which_odoo_runs_is_asked_in_two_modules_only():
    asks = re.compile(r"\bSERIES\b|release\.(version|serie)|version_info\[")
    asking = {
        str(path.relative_to(ROOT))
        for folder in ("models", "demo", "bulk_load", "tests", "tools", "algorithms")
        for path in (ROOT / folder).rglob("*.py")
        if asks.search(path.read_text())
    }
    assert asking == {"tools/compat.py", "tools/compat_sql.py"}


def test_the_addon_is_linked_by_parts_and_only_differences_are_touched(monkeypatch, tmp_path):
    root = tmp_path / "any-name"
    (root / "models").mkdir(parents=True)
    (root / "node_modules").mkdir()
    (root / ".run").mkdir()
    monkeypatch.setattr(build_addon, "parts", lambda: PARTS(root))
    addon = root / ".run" / "addons" / "smart_recommender"
    build_addon.link(addon)
    assert [link.name for link in addon.iterdir()] == ["models"]
    before = (addon / "models").lstat().st_ino
    (root / "views").mkdir()
    build_addon.link(addon)
    assert (addon / "models").lstat().st_ino == before
    (root / "views").rmdir()
    build_addon.link(addon)
    assert [link.name for link in addon.iterdir()] == ["models"]


PARTS = build_addon.parts


def test_an_older_tree_stays_until_the_new_one_is_finished(tmp_path):
    old, new = tmp_path / "addons", tmp_path / "addons.partial"
    for folder, text in ((old, "old"), (new, "new")):
        folder.mkdir()
        (folder / "file").write_text(text)
    build_addon.replace(old, new)
    assert (old / "file").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["addons"]
