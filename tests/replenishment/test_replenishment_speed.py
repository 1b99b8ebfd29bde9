"""The number of queries does not depend on how many products there are."""

from unittest.mock import patch

from odoo.tests import tagged

from ...models.replenishment import ai_training_run
from ...tools import binary_copy, turn
from .common import StockCommon

FEW, MANY = 5, 60
# The lock, the company, its settings, units, rates, what training excludes, the table of the plan
# and its index.
REFRESH_QUERIES = 15
# Eight readings of rows, stock, what is to come, vendors, costs, products, packagings and rules;
# one writing. Odoo 19 has no packagings and reads an empty table in their place: both series have
# as many.
REFRESH_COPIES = 9


class SpeedCommon(StockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._stocked(cls.fountain | cls.bottle | cls.cups | cls.filter | cls.soap)
        cls._train_stock()

    @classmethod
    def _stocked(cls, products):
        """Sales, a vendor, stock, an open delivery and a reordering rule of each product."""
        lines = [(product, 2.0) for product in products]
        cls._sell({40: lines, 20: lines, 1: lines})
        products.with_company(cls.company).standard_price = 1.5
        cls._supply(products)
        cls._put(products, 30.0, days_ago=50)
        cls._create_order([*products], state="draft").action_confirm()
        cls.env["stock.warehouse.orderpoint"].create(
            [
                {
                    "product_id": product.id,
                    "warehouse_id": cls.warehouse.id,
                    "location_id": cls.warehouse.lot_stock_id.id,
                    "company_id": cls.company.id,
                }
                for product in products
            ]
        )

    @classmethod
    def _queries(cls, work):
        """Statements of some work; COPY, which Odoo does not count, is counted too."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        with (
            patch.object(binary_copy, "read_rows", wraps=binary_copy.read_rows) as read,
            patch.object(binary_copy, "write_rows", wraps=binary_copy.write_rows) as write,
        ):
            before = cls.cr.sql_log_count
            work()
            cls.env.flush_all()
            queries = cls.cr.sql_log_count - before
        return queries, read.call_count + write.call_count


@tagged("post_install", "-at_install")
class TestReplenishmentGrowth(SpeedCommon):
    """The same work of few products and, once the catalogue has grown, of many."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.works = cls._works()
        cls.few = {name: cls._count(work) for name, work in cls.works.items()}
        cls._grow()

    @classmethod
    def _works(cls):
        """{name: function that does the work}"""
        planner = cls.env["ai.replenishment.planner"]
        learning, replaying = (cls._run() for _run in range(2))
        replaying._learn_stock_demand()
        stock = cls.env["ai.stock.extract"]
        known = stock._kits(cls.company), stock._receipts(cls.company)
        return {
            "refresh": lambda: cls.rows._refresh(cls.company),
            "plan": lambda: planner._plan(cls.company),
            "plan of some": lambda: planner._plan(cls.company, cls.rows.search([]).product_id.ids),
            "learn": learning._learn_stock_demand,
            "replay": lambda: replaying._replay_some([replaying._replay_products()], *known),
        }

    @classmethod
    def _run(cls):
        run = cls.runs.create({"company_id": cls.company.id, "kind": "replenishment"})
        return run.with_company(cls.company)

    @classmethod
    def _count(cls, work):
        work()  # what is read once a server is not counted
        return cls._queries(work)

    @classmethod
    def _grow(cls):
        """From few products to many, all with a row."""
        products = cls._create_products("Article", MANY - FEW)
        products.detailed_type = "product"
        cls._stocked(products)
        cls._train_stock()

    def _check_does_not_grow(self, name):
        self.assertEqual(len(self.rows.search([])), MANY)
        few, many = self.few[name], self._count(self.works[name])
        self.assertLessEqual(sum(many), sum(few), f"{few} at first, {many} now")

    def test_a_refresh_has_so_many_queries_whatever_the_number_of_products(self):
        self._check_does_not_grow("refresh")

    def test_a_plan_has_so_many_queries_whatever_the_number_of_products(self):
        self._check_does_not_grow("plan")

    def test_a_plan_of_some_products_has_so_many_queries_whatever_their_number(self):
        self._check_does_not_grow("plan of some")

    def test_demand_is_learned_with_so_many_queries_whatever_the_number_of_products(self):
        self._check_does_not_grow("learn")

    def test_a_portion_is_replayed_with_so_many_queries_whatever_its_size(self):
        self._check_does_not_grow("replay")


@tagged("post_install", "-at_install")
class TestReplenishmentSpeed(SpeedCommon):
    def test_a_refresh_has_few_queries(self):
        self.rows._refresh(self.company)
        copies = []
        self.env.invalidate_all()
        with self.assertQueryCount(REFRESH_QUERIES):
            copies.append(self._queries(lambda: self.rows._refresh(self.company))[1])
        self.assertEqual(copies, [REFRESH_COPIES])

    def test_a_second_warehouse_has_the_same_refresh(self):
        self.rows._refresh(self.company)
        few = self._queries(lambda: self.rows._refresh(self.company))
        second = self.env["stock.warehouse"].create(
            {"name": "Agadir", "code": "AGA", "company_id": self.company.id}
        )
        self._put(self.soap, 10.0, warehouse=second)
        self._train_stock()
        self.assertTrue(self._row(self.soap, second))
        self.assertEqual(self._queries(lambda: self.rows._refresh(self.company)), few)

    def test_a_turn_ends_by_the_clock_too_and_the_run_goes_on_in_the_next(self):
        whole = self._train_stock()
        run = self.runs._enqueue(self.company, "replenishment")
        turns = 0
        with (
            patch.object(turn, "CLOCK_SECONDS", -1),
            patch.object(ai_training_run, "PORTION", 2),
        ):
            while run.state != "done":
                self.runs._cron_process_queue()
                turns += 1
        # Three portions of five products, and one turn that finds nothing left.
        self.assertEqual(turns, 4)
        figures = ["policy", "fill_rate", "mean_stock_value", "order_count", "short_share"]
        self.env.invalidate_all()  # what the database keeps of them
        self.assertEqual(
            [[row[name] for name in figures] for row in run.replay_ids.sorted("policy")],
            [[row[name] for name in figures] for row in whole.replay_ids.sorted("policy")],
        )

    def test_a_row_whose_advice_stays_is_not_written_again(self):
        self.rows._refresh(self.company)
        versions = self._versions()
        self._put(self.soap, -3.0)
        self.rows._refresh(self.company)
        changed = {product for product, version in self._versions().items()
                   if version != versions[product]}  # fmt: skip
        self.assertEqual(changed, {self.soap.id})

    def _versions(self):
        """{product id: where PostgreSQL keeps its row, which is new after each writing}."""
        self.env.cr.execute(
            "SELECT product_id, ctid::text FROM ai_replenishment WHERE company_id = %s",
            [self.company.id],
        )
        return dict(self.env.cr.fetchall())
