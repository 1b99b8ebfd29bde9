"""Every button of ours is pressed, by each role that sees it, as the browser would press it."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ...tools.compat import call_as_browser
from .rows_common import RowsCommon

MODULE = "smart_recommender"
KINDS = ("form", "tree", "list", "kanban")
# Of a button above a list that is there without a selection.
ALWAYS = "display always"
ROLES = {
    "seller": "sales_team.group_sale_salesman",
    "sales manager": "sales_team.group_sale_manager",
    "manager": f"sales_team.group_sale_manager,{MODULE}.group_manager",
    "stock manager": "stock.group_stock_manager,purchase.group_purchase_user",
    "operator": f"{MODULE}.group_call_operator",
    "accountant": "account.group_account_manager",
    "supervisor": f"{MODULE}.group_call_supervisor",
    "call manager": f"{MODULE}.group_call_manager",
    "administrator": f"base.group_system,sales_team.group_sale_manager,{MODULE}.group_manager",
}


@tagged("post_install", "-at_install")
class TestButtons(RowsCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        cls._create_order([cls.fountain], state="draft")
        cls._train_each_kind(cls.company)
        cls.roles = {
            role: cls._create_user(f"press_{role.replace(' ', '_')}", groups)
            for role, groups in ROLES.items()
        }
        cls._create_rows(cls.company, cls.partner, cls.soap, cls.roles["manager"])
        # A vendor of whom something was due.
        cls.env["ai.vendor.score"].search([], limit=1).sudo().judged_count = 1

    # ------------------------------------------------------------------
    # What is on the screens
    # ------------------------------------------------------------------

    @classmethod
    def _our_views(cls):
        data = cls.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.ui.view")]
        )
        views = cls.env["ir.ui.view"].browse(data.mapped("res_id"))
        return views.filtered(lambda view: view.type in KINDS and view.model in cls.env)

    @classmethod
    def _our_names(cls, view):
        """Names of the methods that the buttons of a view call."""
        nodes = etree.fromstring(view.arch_db).iter("button", "a")
        return {node.get("name") for node in nodes if node.get("type") == "object"}

    @classmethod
    def _model_of(cls, node, model):
        """The model that a button is of: that of the innermost list or form that it is in."""
        for parent in node.iterancestors():
            if parent.tag in KINDS and parent.getparent() is not None:
                return model.env[model._fields[parent.getparent().get("name")].comodel_name]
        return model

    @classmethod
    def _buttons_of(cls, user):
        """{(model, method): {conditions under which it is hidden}} of a user's screens."""
        found = {}
        for view in cls._our_views():
            names = cls._our_names(view)
            root = view
            while root.inherit_id and root.mode != "primary":
                root = root.inherit_id
            model = cls.env[view.model].with_user(user)
            try:
                arch = etree.fromstring(model.get_view(root.id, view.type)["arch"])
            except AccessError:
                continue
            for node in arch.iter("button", "a"):
                if node.get("type") == "object" and node.get("name") in names:
                    key = (cls._model_of(node, model)._name, node.get("name"))
                    hidden = [
                        one.get("invisible")
                        for one in (node, *node.iterancestors())
                        if one.get("invisible") and one.tag not in KINDS
                    ]
                    found.setdefault(key, set()).add(
                        (*hidden, *([ALWAYS] if node.get("display") == "always" else []))
                    )
        return found

    # ------------------------------------------------------------------
    # Pressing
    # ------------------------------------------------------------------

    def _is_hidden(self, record, conditions):
        """Whether a button is hidden on a record, by its own condition or one around it."""
        values = {
            name: record[name].id if record._fields[name].type == "many2one" else record[name]
            for name in record._fields
            if any(name in condition for condition in conditions)
        }
        values.update(context={}, uid=record.env.uid, id=record.id, parent=None)
        return any(safe_eval(condition, dict(values)) for condition in conditions)

    def _records(self, model):
        if model._transient:
            row = model.create({}) if model._name == "res.config.settings" else model.browse()
            return list(row)
        return list(model.search([], limit=20))

    def _press(self, records, method):
        """Call a method as the browser does. Returns a fault in words, or None."""
        try:
            with self._undone():
                call_as_browser(records, method)
        except AccessError as error:
            return f"is shown and refused: {error}"
        except UserError:
            return None  # what the user is told; other tests read it
        except Exception as error:  # pylint: disable=broad-except
            return f"{type(error).__name__}: {error}"
        return None

    def test_every_button_works_for_each_role_that_sees_it(self):
        faults, pressed, seen = [], set(), set()
        for role, user in self.roles.items():
            for (name, method), shown in sorted(self._buttons_of(user).items()):
                seen.add((name, method))
                model = self.env[name].with_user(user).with_company(self.company)
                for conditions in shown:
                    hidden = [one for one in conditions if one != ALWAYS]
                    records = self._records(model)
                    visible = [one for one in records if not self._is_hidden(one, hidden)]
                    # One that no row shows may still be called, and refuses in words.
                    targets = (visible or records)[:1]
                    targets += [model.browse()] if ALWAYS in conditions else []
                    for records in targets:
                        pressed.add((name, method))
                        fault = self._press(records, method)
                        if fault:
                            faults.append(f"{role}: {name}.{method}({records}) {fault}")
        self.assertEqual(faults, [])
        self.assertGreater(len(pressed), 20)
        # Wizards are pressed by tests of their own, on what they were opened for.
        unpressed = {key for key in seen - pressed if not self.env[key[0]]._transient}
        self.assertEqual(unpressed, set())

    def test_alerts_are_switched_with_and_without_a_selection(self):
        anomalies = self.env["ai.anomaly"].with_user(self.roles["manager"])
        for records in (anomalies.search([], limit=2), anomalies.browse()):
            before = self.roles["manager"].ai_anomaly_alerts
            call_as_browser(records, "action_subscribe")
            self.assertNotEqual(self.roles["manager"].ai_anomaly_alerts, before)
