"""The API over HTTP: who may ask, what is refused and how, pages, tags, companies, languages."""

from unittest.mock import patch

from openapi_spec_validator import OpenAPIV31SpecValidator

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.indicator.ai_kpi_reader import AiKpiReader
from ...models.indicator.ir_http import BUCKETS
from .api_common import MONTH, ApiCommon
from .api_examples import ApiExamples
from .api_fuzz import ApiFuzz


@tagged("post_install", "-at_install")
class TestIndicatorApi(ApiFuzz, ApiExamples, ApiCommon):
    # ------------------------------------------------------------------
    # Who asks
    # ------------------------------------------------------------------

    def test_without_a_key_of_ours_nothing_opens(self):
        archived = self._create_user("sr_gone", "sales_team.group_sale_manager")
        gone = self._key(archived)
        archived.active = False
        odoos_own = self._key(self.admin, scope="")
        plugin = self._key(self.admin, scope="odoo.plugin.outlook")
        self._refused(401, "missing_key", "kpi/catalog", None)
        for key in ("x", "0" * 40, gone, odoos_own, plugin, self.keys["viewer"][:-1] + "g"):
            refusal = self._refused(401, "invalid_key", "kpi/catalog", key)
            self.assertIn("Bearer", refusal.headers["WWW-Authenticate"])
        for header in ("Basic YTpi", "Bearer", "Bearer a b", self.keys["viewer"]):
            response = self._get("kpi/catalog", None, headers={"Authorization": header})
            self.assertEqual(response.status_code, 401)

    def test_a_deleted_key_is_unknown_at_once(self):
        key = self._key(self.everything)
        self._ok("kpi/catalog", key)
        self.env["res.users.apikeys"].search([("user_id", "=", self.everything.id)]).sudo().unlink()
        self._refused(401, "invalid_key", "kpi/catalog", key)

    @mute_logger("odoo.addons.rpc.controllers.xmlrpc")  # 19 would rather have none
    def test_a_key_opens_no_rpc(self):
        login, database = self.admin.login, self.env.cr.dbname
        for role, key in self.keys.items():
            with self.subTest(role=role):
                self.assertFalse(self.xmlrpc_common.authenticate(database, login, key, {}))
        own = self._key(self.admin, scope="")
        self.assertTrue(self.xmlrpc_common.authenticate(database, login, own, {}))
        response = self._get("/json/2/res.users/search", method="POST", json={"domain": []})
        self.assertIn(response.status_code, (401, 404))

    def test_a_request_leaves_no_session(self):
        response = self._get("kpi/catalog")
        self.assertNotIn("session_id", response.headers.get("Set-Cookie", ""))

    def test_portal_users_are_kept_out(self):
        portal = self._create_user("sr_api_portal", "base.group_portal")
        self._refused(403, "forbidden", "kpi/catalog", self._key(portal, "admin"))

    def test_a_key_may_what_its_role_and_its_user_may(self):
        seller = self._key(self.salesperson, "admin")
        for path, viewer, manager, of_seller in (
            ("kpi/catalog", 200, 200, 200),
            ("kpi/metric/revenue", 200, 200, 200),
            ("kpi/metric/gross_margin", 200, 200, 403),
            ("dashboard/sales_trends", 200, 200, 200),
            ("dashboard/stock_status", 200, 200, 403),
            ("forecast", 403, 200, 403),
            (f"forecast/{self.soap.id}", 403, 200, 403),
            ("replenishment", 403, 200, 403),
            ("segmentation", 403, 200, 403),
            ("anomalies", 403, 200, 403),
            ("recommendations", 403, 200, 200),
            ("health", 403, 403, 403),
        ):
            found = [self._get(path, key).status_code for key in ("viewer", "manager", seller)]
            self.assertEqual(found, [viewer, manager, of_seller], path)

    def test_the_rate_is_limited_by_key(self):
        self.company.ai_api_rate = 2
        BUCKETS._levels.clear()
        for _time in range(2):
            self._ok("kpi/catalog", "viewer")
        refusal = self._refused(429, "too_many_requests", "kpi/catalog", "viewer")
        self.assertIn(int(refusal.headers["Retry-After"]), range(1, 32))
        self._ok("kpi/catalog", "manager")
        self.company.ai_api_rate = 0
        self._ok("kpi/catalog", "viewer")

    # ------------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------------

    def test_what_is_not_understood_is_refused_by_name(self):
        yesterday, today = self._day(1), self._day(0)
        for path, code, name in (
            ("kpi/metrics?colour=red", "unknown_parameter", "colour"),
            ("kpi/metrics?days=7&days=30", "repeated_parameter", "days"),
            ("kpi/metrics?days=8", "invalid_parameter", "days"),
            ("kpi/metrics?days=%EF%BC%97", "invalid_parameter", "days"),
            ("kpi/metrics?days=7&date_from=2026-01-01", "conflicting_parameters", "days"),
            ("kpi/metrics?date_from=2026-01-01", "missing_parameter", "date_to"),
            ("kpi/metrics?date_from=20260101&date_to=20260102", "invalid_parameter", "date_from"),
            (
                "kpi/metrics?date_from=0001-01-01&date_to=0001-01-02",
                "invalid_parameter",
                "date_from",
            ),
            ("kpi/metrics?codes=revenue,turnips", "invalid_parameter", "codes"),
            ("kpi/metrics?codes=,", "invalid_parameter", "codes"),
            ("kpi/metric/revenue?limit=0", "invalid_parameter", "limit"),
            ("kpi/metric/revenue?offset=-1", "invalid_parameter", "offset"),
            ("kpi/metric/revenue?offset=99999999999", "invalid_parameter", "offset"),
            ("kpi/comparison?company_ids=1,x", "invalid_parameter", "company_ids"),
            ("dashboard/sales_trends?step=year", "invalid_parameter", "step"),
            ("recommendations?source=magic", "invalid_parameter", "source"),
            ("forecast/abc", "invalid_parameter", "product"),
            ("kpi/metrics?company_id=", "invalid_parameter", "company_id"),
        ):
            with self.subTest(path=path):
                error = self._refused(400, code, path).json()["error"]
                self.assertEqual(error.get("parameter"), name)
        for days in (
            f"date_from={yesterday}&date_to={today}",
            f"date_from={today}&date_to={yesterday}",
            "date_from=2020-01-01&date_to=2026-01-01",
        ):
            for path in ("kpi/metrics", "kpi/comparison", "dashboard/sales_trends"):
                self._refused(400, "refused", f"{path}?{days}")

    def test_what_is_not_there_is_not_found(self):
        for path, code in (
            ("kpi/metric/turnips", "unknown_indicator"),
            ("turnips", "unknown_route"),
            ("turnips/1", "unknown_route"),
            ("recommendations/1", "unknown_route"),
            ("kpi/metric/revenue/more", "unknown_route"),
            (f"forecast/{self.cups.id}", "not_found"),
        ):
            with self.subTest(path=path):
                self._refused(404, code, path)

    def test_only_reading_is_allowed(self):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            refusal = self._refused(405, "method_not_allowed", "kpi/metrics", method=method)
            self.assertIn("GET", refusal.headers["Allow"])
        head = self._get("kpi/catalog", method="HEAD")
        self.assertEqual((head.status_code, head.text), (200, ""))

    def test_a_fault_of_ours_tells_nothing_of_itself(self):
        def fail(*_args):
            raise ZeroDivisionError("secret")

        with patch.object(AiKpiReader, "get_catalog", fail), mute_logger("odoo.http"):
            refusal = self._refused(500, "server_error", "kpi/catalog")
        self.assertNotIn("secret", refusal.text)

    # ------------------------------------------------------------------
    # What comes back
    # ------------------------------------------------------------------

    def test_a_figure_is_that_of_the_dashboard(self):
        found = self._ok(f"kpi/metric/revenue?{MONTH}&limit=5")
        self.assertEqual(found["figure"]["value"], 10 * sum(range(1, 20)))
        self.assertEqual(found["company_id"], self.company.id)
        self.assertEqual(found["currency"], "USD")
        self.assertEqual(found["history"]["total"], 30)
        first = found["history"]["data"][0]
        self.assertEqual(first, {"date": str(self._day(1)), "value": 10.0})
        dashboard = self._figures({"days": 30}, self.admin)
        for figure in self._ok(f"kpi/metrics?{MONTH}")["data"]:
            self.assertEqual(figure["value"], dashboard[figure["code"]]["value"], figure["code"])

    def test_a_seller_gets_own_sales(self):
        own = self._order([self._line(self.soap, 1, 7)], self._at(2), user_id=self.salesperson.id)
        self.assertEqual(own.state, "sale")
        key = self._key(self.salesperson)
        metrics = self._ok("kpi/metrics?days=7&codes=revenue,orders", key)
        self.assertEqual([each["value"] for each in metrics["data"]], [7, 1])
        self.assertEqual(metrics["scope"], "own")
        trends = self._ok("dashboard/sales_trends?days=7&step=week", key)
        self.assertEqual(sum(row["revenue"] for row in trends["data"]), 7)
        best = self._ok("dashboard/top_products?days=7", key)
        self.assertEqual([row["revenue"] for row in best["data"]], [7])

    def test_pages_lead_from_one_to_the_next(self):
        rows, path = [], "kpi/metric/orders?days=30&limit=12"
        while path:
            history = self._ok(path)["history"]
            rows += history["data"]
            path = history["next"]
        self.assertEqual([row["date"] for row in rows], [str(self._day(n)) for n in range(1, 31)])
        beyond = self._ok("kpi/metric/orders?days=30&offset=30")["history"]
        self.assertEqual((beyond["data"], beyond["next"], beyond["total"]), ([], None, 30))

    def test_what_has_not_changed_is_not_sent_again(self):
        tag = self._get("kpi/catalog").headers["ETag"]
        again = self._get("kpi/catalog", headers={"If-None-Match": tag})
        self.assertEqual((again.status_code, again.text), (304, ""))
        self.assertEqual(
            self._get("kpi/catalog", headers={"If-None-Match": '"x"'}).status_code, 200
        )

    def test_a_company_is_one_of_the_users_own(self):
        other = self._ok(f"kpi/metrics?{MONTH}&company_id={self.other.id}&codes=revenue")
        self.assertEqual((other["company_id"], other["currency"]), (self.other.id, "EUR"))
        self.assertEqual(other["data"][0]["value"], 0)
        both = f"{self.company.id},{self.other.id}"
        rows = self._ok(f"kpi/comparison?{MONTH}&codes=orders&company_ids={both}")["data"]
        self.assertEqual([value["value"] for value in rows[0]["values"]], [19, 0])
        everything = self._key(self.everything)
        self._refused(403, "foreign_company", f"kpi/metrics?company_id={self.other.id}", everything)
        self._refused(403, "foreign_company", f"kpi/comparison?company_ids={both}", everything)
        lists = self._ok(f"anomalies?company_id={self.other.id}")
        self.assertEqual((lists["total"], self._ok("anomalies")["total"]), (0, 1))

    def test_the_language_is_that_of_the_request_or_of_the_user(self):
        self._activate_french()
        name = self.env.ref("smart_recommender.kpi_orders").with_context(lang="fr_FR")
        name.name = "Commandes (essai)"

        def told(**headers):
            data = self._ok("kpi/catalog", headers=headers)["data"]
            return next(each["name"] for each in data if each["code"] == "orders")

        self.assertEqual(told(), "Orders")
        self.assertEqual(told(**{"Accept-Language": "fr-CA,fr;q=0.9"}), name.name)
        self.assertEqual(told(**{"Accept-Language": "xx"}), "Orders")
        self.admin.lang = "fr_FR"
        self.assertEqual(told(), name.name)

    def test_a_list_is_filtered(self):
        self._make("ai.recommendation.rule", consequent_id=self.bottle.id)
        self.assertEqual(self._ok("recommendations")["total"], 2)
        found = self._ok(f"recommendations?consequent_id={self.bottle.id}")["data"]
        self.assertEqual([row["consequent_id"]["id"] for row in found], self.bottle.ids)
        day = self._day(1)
        self.assertEqual(self._ok(f"anomalies?date_from={day}&date_to={day}")["total"], 1)
        self.assertEqual(self._ok(f"anomalies?date_from={self._day(0)}")["total"], 0)

    def test_the_state_of_stock_is_that_of_the_dashboard(self):
        states = self._ok("dashboard/stock_status")
        strip = self.env["ai.dashboard.strip"].with_user(self.admin)._strip("stock", self.company)
        self.assertEqual(
            [(row["code"], row["count"]) for row in states["data"]],
            [(tile["code"], tile["value"]) for tile in strip["tiles"]],
        )
        self.assertEqual(sum(row["count"] for row in states["data"]), 1)
        other = self._ok(f"dashboard/stock_status?company_id={self.other.id}")
        self.assertEqual(other["data"], [])
        self.assertTrue(other["reason"])

    def test_the_public_learns_that_the_server_answers(self):
        self.assertEqual(self._ok("health", None), {"status": "ok"})
        report = self._ok("health")
        areas = {check["code"] for check in report["checks"]}
        wanted = {"job", "queue", "training", "models", "indicators", "database", "disk"}
        self.assertLessEqual(wanted, areas)

    # ------------------------------------------------------------------
    # What it is
    # ------------------------------------------------------------------

    def test_the_document_is_valid_and_each_route_keeps_to_it(self):
        told = self._ok("openapi.json", None)
        OpenAPIV31SpecValidator(told).validate()
        type(self).told = told
        paths = sorted(told["paths"])
        for path in ("/kpi/comparison", "/forecast/{product}", "/health", "/segmentation"):
            self.assertIn(path, paths)
        for path in paths:
            with self.subTest(path=path):
                asked = path.format(code="revenue", product=self.soap.id)
                self._check_answer(path, self._get(asked.lstrip("/")))

    def test_the_page_shows_each_route(self):
        self._activate_french()
        for language, word in (("en", "Category"), ("fr", "Catégorie")):
            response = self._get("docs", None, headers={"Accept-Language": language})
            self.assertEqual(response.status_code, 200)
            self.assertIn(f'lang="{language}"', response.text)
            for path in ("/kpi/metrics", "/forecast/{product}", "/recommendations"):
                self.assertIn(path, response.text)
            self.assertNotIn("http://www", response.text)
            self.assertIn(word, response.text)
