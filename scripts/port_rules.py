"""What Odoo's own `upgrade_code` leaves to do between 17.0 and 19.0, as a list of small rules.

Each rule replaces a pattern in the files of some kind. What no pattern can say, because both series
need code of their own, is in the addon's `tools/compat.py` and `tools/compat_sql.py`.
"""

import re
from dataclasses import dataclass

PYTHON, VIEWS, SCRIPTS, TOURS = ("*.py",), ("*.xml",), ("*.js",), ("*_tour.js", "*_steps.js")


@dataclass(frozen=True)
class Rule:
    """why : what changed in Odoo; files : globs over names; pattern : regular expression;
    replacement : a text, or a function of the match."""

    why: str
    files: tuple
    pattern: str
    replacement: object

    def apply(self, text):
        return re.sub(self.pattern, self.replacement, text, flags=re.MULTILINE)


RULES = (
    Rule(
        "versions begin with the series",
        ("__manifest__.py",),
        r'("version": )"17\.0\.',
        r'\1"19.0.',
    ),
    Rule(
        "assets: graphs are loaded when one is opened, and what extends them with them",
        ("__manifest__.py",),
        r'( +)("smart_recommender/static/src/\*\*/\*",\n(?: +\("remove".*\n)*)( +)\],\n',
        r'\1\2\1("remove", "smart_recommender/static/src/core/money_graph.js"),\n\3],\n'
        r'\3"web.assets_backend_lazy": ["smart_recommender/static/src/core/money_graph.js"],\n',
    ),
    # Fields
    Rule(
        "models: the hook of a model that is set up has another name",
        PYTHON,
        r"\b_setup_complete\b",
        "_post_model_setup__",
    ),
    Rule("fields: group_operator is aggregator", PYTHON, r"\bgroup_operator=", "aggregator="),
    Rule(
        "order lines: product_uom is product_uom_id",
        PYTHON,
        r"\bproduct_uom\b",
        r"product_uom_id",
    ),
    Rule("order lines: tax_id is tax_ids", PYTHON, r"(?<=line\.)tax_id\b", "tax_ids"),
    Rule(
        "products: stored ones have a mark instead of a type",
        PYTHON,
        r'\.(detailed_)?type (==?) "product"',
        lambda found: ".is_storable" if found[2] == "==" else ".is_storable = True",
    ),
    Rule(
        "quantities: the precision of units has a shorter name",
        PYTHON,
        r'"Product Unit of Measure"',
        '"Product Unit"',
    ),
    Rule("products: detailed_type is type", PYTHON, r"\bdetailed_type\b", "type"),
    Rule(
        "users and actions: groups_id is group_ids",
        (*PYTHON, *VIEWS),
        r"\bgroups_id\b",
        "group_ids",
    ),
    Rule(
        "units: the factor is that of the unit and not its inverse",
        PYTHON,
        r"\b(\w*uom)\.factor\b",
        r"(1 / \1.factor)",
    ),
    # Data
    Rule(
        "scheduled actions repeat without being told",
        VIEWS,
        r'^ *<field name="numbercall">-1</field>\n',
        "",
    ),
    Rule(
        "groups: category_id is privilege_id",
        ("res_groups.xml",),
        r'<field name="category_id" ref="module_category_(\w+)" />',
        r'<field name="privilege_id" ref="privilege_\1" />',
    ),
    Rule(
        "groups belong to a privilege, which belongs to a category",
        ("res_groups.xml",),
        r'(?s)^( *)<record id="module_category_(\w+)" model="ir\.module\.category">\n'
        r'( *<field name="name">.*?</field>\n).*?</record>\n',
        r"""\g<0>
\1<record id="privilege_\2" model="res.groups.privilege">
\3\1    <field name="category_id" ref="module_category_\2" />
\1</record>
""",
    ),
    Rule("groups: users is user_ids", ("res_groups.xml",), r'name="users"', 'name="user_ids"'),
    # Views
    Rule(
        "the chatter has an element of its own",
        VIEWS,
        r'(?s)<div class="oe_chatter">.*?</div>',
        "<chatter />",
    ),
    Rule("cards: the template is called card", VIEWS, r't-name="kanban-box"', 't-name="card"'),
    Rule(
        "actions: inline is current",
        VIEWS,
        r'<field name="target">inline</field>',
        '<field name="target">current</field>',
    ),
    Rule(
        "partners: the mobile number left the form",
        ("res_partner_phone_views.xml",),
        r'^( *)<field name="phone_third" widget="phone" />\n',
        r'\1<field name="mobile" widget="phone" />\n\g<0>',
    ),
    # JavaScript
    Rule(
        "tours: the helpers moved",
        SCRIPTS,
        r"@web_tour/tour_service/tour_utils",
        "@web_tour/tour_utils",
    ),
    Rule(
        "lists: groups within groups stay closed",
        TOURS,
        r"(?s)\.o_group_open(:contains\([^\n]*\n) *isCheck: true, // 19 opens it",
        r'\1        run: "click",',
    ),
    Rule("tours: a step without an action only waits", TOURS, r",?\s+isCheck: true\b", ""),
    Rule("tours: the mark of test tours is gone", TOURS, r"^ *test: true,\n", ""),
    Rule("tours: text is typed by edit", TOURS, r'run: (["`])text ', r"run: \1edit "),
    Rule(
        "forms: a many2one is an object and not a pair",
        SCRIPTS,
        r"_id: \[(\w+\.\w+_id), (\w+\.name)\]",
        r"_id: { id: \1, display_name: \2 }",
    ),
)


def apply(addon):
    """Rewrite an addon's tree in place.

    addon : Path. Returns the names of rules that found nothing, by their reasons.
    """
    used = set()
    for path in sorted(addon.rglob("*")):
        rules = [rule for rule in RULES if path.is_file() and any(map(path.match, rule.files))]
        if not rules:
            continue
        text = original = path.read_text()
        for rule in rules:
            before, text = text, rule.apply(text)
            if text != before:
                used.add(rule)
        if text != original:
            path.write_text(text)
    return [rule.why for rule in RULES if rule not in used]
