"""Each story in a real browser, as the role it belongs to."""

from odoo.tests import tagged

from ..core.common import RecommenderCommon
from ..core.tours import TourCase, form_of


@tagged("post_install", "-at_install")
class TestTours(RecommenderCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        # Odoo 19 gives customers pricelists only where these are switched on.
        cls.env.ref("base.group_user").implied_ids |= cls.env.ref("product.group_product_pricelist")
        pricelist = cls.env["product.pricelist"].create(
            {
                "name": "Revendeurs",
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
                "item_ids": [
                    (0, 0, {"compute_price": "percentage", "percent_price": 10}),
                ],
            }
        )
        cls.partner.with_company(cls.company).property_product_pricelist = pricelist

    def _new_order(self):
        return self.env["sale.order"].search([("user_id", "=", self.salesperson.id)], limit=1)

    def test_a_salesperson_adds_a_suggestion_to_a_new_quotation(self):
        self._train()
        self.start_tour("/web", "smart_recommender_add_suggestion", login="sr_sales")
        order = self._new_order()
        line = order.order_line.filtered(lambda line: line.product_id == self.bottle)
        self.assertEqual((line.product_uom_qty, line.price_unit), (1.0, 31.5))
        self.assertEqual(line.product_uom, self.bottle.uom_id)
        self.assertEqual((line.ai_source, line.ai_kind), ("tab", "rule"))
        self.assertEqual((line.ai_rank, line.ai_added_qty), (1, 1.0))
        self.assertTrue(line.sudo().ai_run_id)

    def test_a_salesperson_dismisses_a_suggestion_and_brings_it_back(self):
        self._train()
        order = self._create_order([self.fountain], state="draft", user_id=self.salesperson.id)
        self.start_tour(
            form_of(order),
            "smart_recommender_dismiss_suggestion",
            login="sr_sales",
        )
        self.assertEqual(order.ai_dismissed_product_ids, self.cups)

    def test_a_blocked_product_leaves_no_empty_line(self):
        self._train()
        self._block_for_sale(self.bottle, "Rappel du lot")
        self.salesperson.groups_id |= self.env.ref("sale.group_warning_sale")
        order = self._create_order([self.fountain], state="draft", user_id=self.salesperson.id)
        self.start_tour(
            form_of(order),
            "smart_recommender_blocked_suggestion",
            login="sr_sales",
        )
        self.assertEqual(order.order_line.product_id, self.fountain)

    def test_a_confirmed_order_shows_suggestions_read_only(self):
        self._train()
        order = self._create_order([self.fountain], user_id=self.salesperson.id)
        self.start_tour(
            form_of(order),
            "smart_recommender_confirmed_order",
            login="sr_sales",
        )

    def test_a_manager_trains_from_the_menu_and_switches_a_rule_off(self):
        # Only administrators run a job by hand, as the tour does in the place of the server.
        self.manager.groups_id += self.env.ref("base.group_system")
        self.start_tour("/web", "smart_recommender_run_training", login="sr_manager", timeout=120)
        run = self.runs.search([("kind", "=", "rules")], limit=1)
        self.assertEqual((run.state, run.user_id), ("done", self.manager))
        self.start_tour("/web", "smart_recommender_switch_rule_off", login="sr_manager")
        self.assertTrue(self.rules.with_context(active_test=False).search([("active", "=", False)]))
        self.assertTrue(self.rules.search([("source", "=", "manual")]))

    def test_a_new_product_gets_what_is_popular_in_its_category(self):
        category = self.env["product.category"].create({"name": "Machines"})
        self.fountain.categ_id = category
        new = self._create_product("Machine neuve", categ_id=category.id)
        self._train()
        order = self._create_order([new], state="draft", user_id=self.salesperson.id)
        self.start_tour(
            form_of(order),
            "smart_recommender_popular_in_category",
            login="sr_sales",
        )
        self.assertEqual(order.order_line.product_id, new | self.fountain)

    def test_a_manager_reads_the_backtest_and_insists(self):
        run = self._train()
        run._keep_result(is_beaten=True, hit_rate=0.3, popular_hit_rate=0.4)
        self.env["ai.backtest.result"].create(
            [
                {"run_id": run.id, "situation": "full", "method": method, "hit_rate": rate}
                for method, rate in (("chosen", 0.3), ("popular", 0.4))
            ]
        )
        self.start_tour(
            form_of(run),
            "smart_recommender_backtest",
            login="sr_manager",
        )
        self.assertTrue(self.company.ai_show_beaten)
