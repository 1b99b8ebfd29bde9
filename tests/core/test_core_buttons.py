"""Every button of ours is pressed, by each role that sees it, as the browser would press it."""

from contextlib import contextmanager
from datetime import timedelta

from lxml import etree

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ...tools.compat import call_as_browser
from .common import RecommenderCommon

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


class Undo(Exception):
    """Ends a savepoint whose changes nobody wants to keep."""


@tagged("post_install", "-at_install")
class TestButtons(RecommenderCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        cls._create_order([cls.fountain], state="draft")
        for kind in cls.runs._kinds():
            training = {"training_id": cls._training().id}
            with cls.env.cr.savepoint():
                cls.runs._train_now(cls.company, kind).sudo().write(training)
        cls.roles = {
            role: cls._create_user(f"press_{role.replace(' ', '_')}", groups)
            for role, groups in ROLES.items()
        }
        cls._create_rows()

    @classmethod
    def _training(cls):
        trainings = cls.env["ai.training"]
        return trainings.search([], limit=1) or trainings.create({"company_id": cls.company.id})

    @classmethod
    def _create_rows(cls):
        """Rows that this short history does not give by itself."""
        company = [("company_id", "=", cls.company.id)]
        warehouse = cls.env["stock.warehouse"].search(company, limit=1)
        ours = (cls.company, cls.soap, cls.partner, cls.roles["manager"], warehouse)
        known = {record._name: record.id for record in ours}
        # A call with a call-back is in the calendar as well.
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        cls.env["ai.call"].create({"partner_id": cls.partner.id, "callback_at": tomorrow})
        cls.env["crm.lead"].create({"name": "Fontaines", "partner_id": cls.partner.id})
        known["ai.client"] = cls.env["ai.client"].search(company, limit=1).id
        known["ai.alert.rule"] = cls.env["ai.alert.rule"]._of(cls.company)["unpaid"].id
        known["ai.complaint.motive"] = cls.env["ai.complaint.motive"].search([], limit=1).id
        known["account.move"] = cls._create_invoice().id
        known["ai.training.run"] = cls.runs.search(company, limit=1).id
        # What was sold of a container is at its clients.
        cls._create_row(cls.env["ai.deposit.container"], known)
        cls._create_coupon()
        cls._create_judged_vendor(known)
        cls.env["ai.telephony.server"].create(
            {
                "company_id": cls.company.id,
                "websocket_url": "wss://telephone.example.com/ws",
                "domain": "telephone.example.com",
            }
        )
        template = cls.soap.product_tmpl_id
        cls.env["rating.rating"]._ai_rate(cls.company, cls.partner, template, 1, "Mousse peu")
        for name, _method in cls._buttons_of(cls.env.user):
            model = cls.env[name]
            if name.startswith("ai.") and not (model._transient or model.search([], limit=1)):
                cls._create_row(model, known)

    @classmethod
    def _create_judged_vendor(cls, known):
        """An order from a vendor of whom something was due."""
        run = {"ai.training.run": cls.runs.search([("kind", "=", "vendors")], limit=1).id}
        cls._create_row(cls.env["ai.vendor.score"], known | run).judged_count = 1
        vendor = {"partner_id": cls.partner.id, "company_id": cls.company.id}
        cls.env["purchase.order"].create(vendor)

    @classmethod
    def _create_coupon(cls):
        """A coupon that was used on an order; its key is none of a server's."""
        order = cls.env["sale.order"].search([("company_id", "=", cls.company.id)], limit=1)
        company = {"company_id": cls.company.id}
        batch = cls.env["ai.coupon.batch"].create(
            {
                **company,
                "uuid": "buttons",
                "key_version": 1,
                "reason": "Retards",
                "amount": 50.0,
                "expiry_date": fields.Date.today(),
                "user_id": cls.env.uid,
            }
        )
        client = {"commercial_partner_id": cls.partner.id}
        coupon = cls.env["ai.coupon"].create(
            {
                **company,
                **client,
                "name": "CPN/1",
                "code": "10000000000008",
                "batch_id": batch.id,
                "partner_id": cls.partner.id,
                "holder_key": cls.partner.id,
                "amount": 50.0,
                "remaining": 50.0,
                "expiry_date": fields.Date.today(),
                "expires_at": fields.Datetime.now() + timedelta(days=1),
            }
        )
        cls.env["ai.coupon.redemption"].create(
            {
                **company,
                **client,
                "coupon_id": coupon.id,
                "amount": 0.0,
                "kind": "order",
                "document": order.name,
                "document_currency_id": order.currency_id.id,
                "order_id": order.id,
                "user_id": cls.env.uid,
            }
        )

    @classmethod
    def _create_row(cls, model, known):
        """A record with the first option of each selection, and what we know of other models."""
        vals = {"company_id": cls.company.id}
        for name, field in model._fields.items():
            if field.store and not (field.compute or field.related or name in models.MAGIC_COLUMNS):
                if field.type == "selection" and field.required:
                    vals[name] = field.get_values(cls.env)[0]
                elif field.type == "date":
                    vals[name] = fields.Date.today()
                elif field.type == "many2one" and field.comodel_name in known:
                    vals[name] = known[field.comodel_name]
        return model.create(vals)

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

    @contextmanager
    def _undone(self):
        try:
            with self.env.cr.savepoint():
                yield
                raise Undo
        except Undo:
            self.env.invalidate_all()

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
