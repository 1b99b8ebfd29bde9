"""Who sees which indicator: role × indicator × route, against the table of the specification."""

from odoo.tests import HttpCase, tagged

from ...controllers.indicator.api_endpoint import BASE
from ...models.indicator.res_users_apikeys import SCOPE
from ...tools.compat import generate_api_key, may_read
from .common import IndicatorCommon

# Audiences of the table: sellers, who sees all documents, sales or AI managers, stock managers,
# accounting, stock and purchase.
S, A, M, V, F, K = "own", "documents", "margin", "stock_value", "accounting", "logistics"
TABLE = {
    "revenue": S,
    "revenue_growth": S,
    "gross_margin": M,
    "average_order_value": S,
    "revenue_by_product": A,
    "refund_rate": A,
    "discount_rate": A,
    "orders": S,
    "order_growth": S,
    "fulfilment": K,
    "late_orders": K,
    "active_clients": A,
    "new_clients": A,
    "win_rate": S,
    "stock_value": V,
    "stock_turnover": V,
    "stock_cover": K,
    "low_stock": K,
    "stock_outs": K,
    "below_reorder_point": K,
    "dead_stock": V,
    "lost_sales": A,
    "active_products": A,
    "products": A,
    "new_products": A,
    "average_price": A,
    "forecast_error": A,
    "forecast_bias": A,
    "anomalies": A,
    "modelled_products": M,
    "training_age": M,
    "suggestion_uptake": A,
    "processing_time": K,
    "order_cycle": F,
    "on_time": K,
    "vendor_on_time": K,
}
SALES = "sales_team.group_sale"
# Role: (its groups, the audiences that it belongs to).
ROLES = {
    "internal": ("base.group_user", ()),
    "seller": (f"{SALES}_salesman", (S,)),
    "seller of all": (f"{SALES}_salesman_all_leads", (S, A)),
    "sales manager": (f"{SALES}_manager", (S, A, M)),
    "stock user": ("stock.group_stock_user", (K,)),
    "stock manager": ("stock.group_stock_manager", (V, K)),
    "buyer": ("purchase.group_purchase_user", (K,)),
    "accountant": ("account.group_account_invoice", (F,)),
    "auditor": ("account.group_account_readonly", (F,)),
    "AI manager": ("smart_recommender.group_manager", (M,)),
    "administrator": ("base.group_system", ()),
}


@tagged("post_install", "-at_install")
class TestIndicatorRights(IndicatorCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_api_rate = 0
        cls.other = cls._create_company("Autre")
        cls._order([cls._line(cls.soap, 1, 10)], cls._at(2))
        cls._restate(30)
        cls.users = {
            role: cls._create_user(f"sr_role_{number}", groups)
            for number, (role, (groups, _audiences)) in enumerate(ROLES.items())
        }
        cls.users["portal"] = cls._create_user("sr_role_portal", "base.group_portal")

    def _status(self, path, role):
        if role not in self.tokens:
            user = self.users[role]
            self.tokens[role] = generate_api_key(
                self.env(user=user.id, su=True), f"{SCOPE}viewer", role, None
            )
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}
        return self.url_open(f"{BASE}/{path}", headers=headers)

    def setUp(self):
        super().setUp()
        self.tokens = {None: ""}

    def test_the_catalogue_is_that_of_the_table(self):
        kpis = self.env["ai.kpi"].search([])
        self.assertEqual({kpi.code: kpi.audience for kpi in kpis}, TABLE)

    def test_each_role_reads_its_indicators_and_no_others(self):
        for role, (_groups, audiences) in ROLES.items():
            seen = [code for code, audience in TABLE.items() if audience in audiences]
            with self.subTest(role=role):
                data = self._status("kpi/metrics", role).json()["data"]
                self.assertEqual([each["code"] for each in data], seen)
                found = {
                    code: self._status(f"kpi/metric/{code}?days=7", role).status_code
                    for code in TABLE
                }
                wanted = {code: 200 if code in seen else 403 for code in TABLE}
                self.assertEqual(found, wanted)
                dashboard = self._figures({"days": 30}, self.users[role])
                self.assertEqual(list(dashboard), seen)

    def test_portal_and_public_see_nothing(self):
        for path in ("kpi/catalog", "kpi/metrics", *(f"kpi/metric/{code}" for code in TABLE)):
            self.assertEqual(self._status(path, "portal").status_code, 403, path)
            self.assertEqual(self._status(path, None).status_code, 401, path)

    def test_another_company_is_closed_to_each_role(self):
        for role in ROLES:
            response = self._status(f"kpi/metrics?company_id={self.other.id}", role)
            self.assertEqual(response.status_code, 403, role)
            self.assertEqual(response.json()["error"]["parameter"], "company_id")

    def test_rows_are_read_by_rules_as_the_routes_are(self):
        """Over RPC somebody may ask for the rows themselves."""
        for role, (_groups, audiences) in ROLES.items():
            rows = self.env["ai.kpi.value"].with_user(self.users[role])
            # Sellers have own figures alone, which no row holds.
            wanted = {*audiences} - ({S} if A not in audiences else set())
            with self.subTest(role=role):
                if not may_read(rows):
                    self.assertEqual(wanted, set())
                else:
                    found = rows.search([("company_id", "=", self.company.id)])
                    self.assertLessEqual({*found.sudo().kpi_id.mapped("audience")}, wanted)
                    self.assertEqual(bool(found), bool(wanted))
