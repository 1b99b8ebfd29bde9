"""Nothing in a list is cut off, rows of several companies name theirs, totals their currency."""

import json
from datetime import timedelta

from lxml import etree

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from ...tools.compat import companies_cookie
from .common import RecommenderCommon
from .list_look import LOOK
from .tours import TourCase

MODULE = "smart_recommender"
AGGREGATED = {"group_operator", "aggregator"}  # as 17 and later series say that a field adds up
LISTS = ("tree", "list")  # as 17 and later series call them
# Columns that no record names.
BY_ODOO = ("id", "create_uid", "create_date", "write_uid", "write_date")
# Columns that may be cut: what people write at length, shown to be recognised and read on the form.
FREE_TEXTS = {
    "ai.call": ["description"],
    "ai.client.event": ["name"],
    "ai.experiment": ["verdict"],
    "rating.rating": ["feedback", "publisher_comment"],
}
# How a column of companies says that it is for those who look at several of them.
SEVERAL = "not set(allowed_company_ids).difference([allowed_company_ids[0]])"
# Columns for units, warehouses and companies too: as many as anybody sees.
GROUPS = ",".join(
    [
        "base.group_multi_company",
        "uom.group_uom",
        "stock.group_stock_multi_warehouses",
        "stock.group_stock_manager",
        "account.group_account_manager",
        "sales_team.group_sale_manager",
        f"{MODULE}.group_manager",
        f"{MODULE}.group_call_manager",
    ]
)


@tagged("post_install", "-at_install")
class TestLists(RecommenderCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._create_product(
            "Fontaine à eau froide et tempérée 3,8 L", 1150.0, default_code="EAU-01"
        )
        (cls.fountain | cls.cups).write({"default_code": "EAU-123"})
        cls.fountain.name = "Imprimante laser multifonction"
        cls.partner.name = "Entreprise BTP Djurdjura Constantine"
        cls.company.name = "Atlas Distribution SARL"
        cls.other = cls._create_company("Kivu Négoce SARL")
        cls.user = new_test_user(
            cls.env,
            login="sr_lists",
            name="Youssef Superviseur",
            groups=GROUPS,
            company_id=cls.company.id,
            company_ids=[Command.set((cls.company | cls.other).ids)],
        )
        cls.known = {
            record._name: record for record in (cls.company, cls.product, cls.partner, cls.user)
        }
        cls.known["stock.warehouse"] = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.known["product.template"] = cls.product.product_tmpl_id
        cls.actions = cls._actions_with_a_list()
        # The catalogue is there, and nobody adds to it.
        cls.known["ai.kpi"] = cls.env["ai.kpi"].search([], limit=1)
        # Each company has one of each kind, too.
        cls.known["ai.complaint.motive"] = cls.env["ai.complaint.motive"].search([], limit=1)
        cls.known["ai.alert.rule"] = cls.env["ai.alert.rule"]._of(cls.company)["overdue"]
        cls.known["ai.training.run"] = cls._fill(cls.env["ai.training.run"])
        cls.known["ai.experiment"] = cls._fill(cls.env["ai.experiment"])
        cls.known["sale.order"] = cls._create_order([cls.product], user_id=cls.user.id)
        # What the query of such sales finds.
        cls.known["sale.order"].order_line.write(
            {"ai_source": "tab", "ai_kind": "similar", "ai_rank": 1, "ai_added_qty": 1234.5}
        )
        cls.known["rating.rating"] = cls.env["rating.rating"]._ai_rate(
            cls.company, cls.partner, cls.product.product_tmpl_id, 2, "Tournée du nord, le jeudi"
        )
        cls.known["rating.rating"]._ai_answer("Nous passons désormais le mercredi")
        cls.known["ai.coupon.batch"] = cls._fill(cls.env["ai.coupon.batch"])
        cls.known["ai.coupon"] = cls._fill(
            cls.env["ai.coupon"],
            name="CPN/2026/12345",
            state="locked",
            expires_at=fields.Datetime.now() + timedelta(days=1),
        )
        cls.known["ai.telephony.server"] = cls._fill(
            cls.env["ai.telephony.server"],
            name="Standard téléphonique",
            websocket_url="wss://telephone.example.com/ws",
            domain="telephone.example.com",
            realm="asterisk",
            stun="stun:stun.example.com",
            turn_url="turn:turn.example.com",
            level2_extension="200",
            ready_code="*47",
            break_code="*46",
            retention_days=90,
            after_call_seconds=30,
        )
        # Not of the user whose browser looks: it would look for the exchange.
        line = cls._create_user("sr_line", "smart_recommender.group_call_operator")
        own = {
            "ai.telephony.account": {"extension": "101", "user_id": line.id},
            "ai.coupon.redemption": {
                "document": "S12345",
                "document_currency_id": cls.company.currency_id.id,
            },
            "ai.recommendation.rule": {
                "antecedent_ids": [Command.set((cls.fountain | cls.cups).ids)],
            },
            "ai.call": {
                "duration": 12.5,
                "number": "+212661234567",
                "callback_at": fields.Datetime.now() + timedelta(days=1),
            },
            "ai.product.class": {"name": "AX", "abc": "A", "xyz": "X"},
            "ai.product.class.change": {"old_name": "B?", "new_name": "AX"},
            "ai.anomaly": {"level": "product"},
            "ai.client.contract": {"months": 24, "renewal_count": 2},
            "ai.client.credit": {
                "reasons": [["past", 1.2, 45.0], ["overdue", 0.8, 3.0], ["trend", -0.4, -5.0]],
                "usual_days": 145,
            },
            "ai.invoice.outlook": {"move_id": cls._create_invoice().id},
            "ai.quotation.chance": {
                "order_id": cls._create_order([cls.product], state="draft", user_id=cls.user.id).id,
            },
        }
        # There are partners, and a call with a call-back makes an event.
        # The order above counts as delivered once its product is a container.
        filled = {*cls.known, "calendar.event"}
        models = {action.res_model for action in cls.actions} - filled
        # Rows of queries come with those that are asked for.
        models = {model for model in models if cls.env[model]._auto}
        # Calls last: they bring the row of their client up to date, or make it.
        for model in sorted(models, key=lambda model: (model == "ai.call", model)):
            cls.known[model] = cls._fill(cls.env[model], **own.get(model, {}))

    @classmethod
    def _actions_with_a_list(cls):
        ids = (
            cls.env["ir.model.data"]
            .search([("module", "=", MODULE), ("model", "=", "ir.actions.act_window")])
            .mapped("res_id")
        )
        actions = cls.env["ir.actions.act_window"].browse(ids)
        return actions.filtered(lambda action: set(action.view_mode.split(",")) & set(LISTS))

    @classmethod
    def _fill(cls, model, **vals):
        """A record with a value in every column, as wide as it usually comes."""
        shares = cls._columns_of_shares(model)
        filled = {
            name: value
            for name, field in model._fields.items()
            if field.store and name not in BY_ODOO and not (field.compute or field.related)
            if (value := cls._wide_value(field, name in shares)) is not None
        }
        return model.sudo().create({**filled, **vals})

    @classmethod
    def _columns_of_shares(cls, model):
        return {
            node.get("name")
            for action in cls.actions
            if action.res_model == model._name
            for node in cls._nodes(action, LISTS)
            if node.get("widget") == "percentage"
        }

    @classmethod
    def _nodes(cls, action, kinds, user=None):
        """The field nodes of an action's views of some kinds, as a user sees them."""
        model = cls.env[action.res_model].with_user(user or cls.env.user)
        for view_id, kind in action.views:
            if kind in kinds:
                yield from etree.fromstring(model.get_view(view_id, kind)["arch"]).iter("field")

    @classmethod
    def _wide_value(cls, field, is_share):
        """A value for a field, or None where its list does without."""
        if field.type == "many2one":
            known = cls.known.get(field.comodel_name)
            return known and known.id
        if field.type == "selection":
            options = field._description_selection(cls.env)
            return max(options, key=lambda option: len(option[1]))[0] if options else None
        return {
            "boolean": True,
            "char": "Tournée du nord, livraison le jeudi",
            "date": fields.Date.today(),
            "datetime": fields.Datetime.now(),
            "float": 0.1234 if is_share else 1234.56,
            "integer": 12345,
            "monetary": 1234567.89,
        }.get(field.type)

    def _look(self):
        lists = [
            {
                "id": action.id,
                "name": action.name,
                "free": FREE_TEXTS.get(action.res_model, []),
            }
            for action in self.actions
        ]
        self.browser_js(
            "/web",
            LOOK % json.dumps(lists),
            ready="!!document.querySelector('.o_action_manager > *')",
            login=self.user.login,
            timeout=180,
            cookies={"cids": companies_cookie(self.company | self.other)},
        )

    def test_totals_of_every_amount_name_their_currency(self):
        amounts = [
            (f"{action.name}: {node.get('name')}", node.get("widget"))
            for action in self.actions
            for node in self._nodes(action, (*LISTS, "pivot"))
            if self.env[action.res_model]._fields[node.get("name")].type == "monetary"
        ]
        self.assertGreater(len(amounts), 5)
        self.assertEqual([name for name, widget in amounts if widget != "ai_money"], [])

    def test_every_amount_that_pivots_and_graphs_can_show_names_its_currency(self):
        unnamed = []
        for action in self.actions:
            model, kinds = self.env[action.res_model], action.view_mode.split(",")
            amounts = {
                name
                for name, field in model.fields_get().items()
                if field["type"] == "monetary" and field["store"] and AGGREGATED & set(field)
            }
            if "pivot" in kinds:
                nodes = self._nodes(action, ("pivot",))
                named = {node.get("name") for node in nodes if node.get("widget") == "ai_money"}
                unnamed += [f"pivot of {action.name}: {name}" for name in amounts - named]
            if "graph" in kinds and amounts:
                graph = etree.fromstring(model.get_view(False, "graph")["arch"])
                if graph.get("js_class") != "ai_money_graph":
                    unnamed.append(f"graph of {action.name}")
        self.assertEqual(unnamed, [])

    def test_rows_of_several_companies_name_theirs(self):
        of_lists = {"column_invisible": SEVERAL, "optional": "show"}
        for action in self.actions:
            model = self.env[action.res_model]
            if not action.res_model.startswith("ai.") or "company_id" not in model._fields:
                continue
            for kinds, wanted in ((LISTS, of_lists), (("kanban",), {"invisible": SEVERAL})):
                for kind in set(action.view_mode.split(",")) & set(kinds):
                    with self.subTest(action=action.name, kind=kind):
                        self.assertIn(wanted, self._attributes(action, kind, wanted))

    def _attributes(self, action, kind, names):
        """The attributes of some names that an action's view gives to its companies."""
        return [
            {name: node.get(name) for name in names}
            for node in self._nodes(action, (kind,), self.user)
            if node.get("name") == "company_id"
        ]

    def test_nothing_is_cut_off_in_english(self):
        self._look()

    def test_nothing_is_cut_off_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        modules = ["base", "web", "mail", "product", "sale", "stock", MODULE]
        self.env["ir.module.module"]._load_module_terms(modules, ["fr_FR"])
        self.user.lang = "fr_FR"
        self._look()
