"""The matrix page's figures and who may see them; refunds by credit notes."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..core.invoicing_common import InvoicingCommon
from ..core.tours import TourCase, form_of
from .common import ClassCommon


@tagged("post_install", "-at_install")
class TestClassRefunds(InvoicingCommon, ClassCommon):
    def _bottle_row(self):
        self._train_classes()
        return self._class(self.bottle)

    def test_refunds_are_deducted_at_what_was_paid(self):
        order = self._sell({20: [(self.bottle, 10.0)]})
        self.line = order.order_line
        self.line.write({"price_unit": 40.0, "discount": 25.0})
        self.line.qty_delivered = 10.0
        self._invoice(10.0, days_ago=19)
        # The credit note says 35 a bottle: paid were 30.
        self._invoice(4.0, "out_refund", days_ago=3)
        row = self._bottle_row()
        self.assertEqual((row.units, row.revenue), (6.0, 180.0))

    def test_a_corrected_invoice_takes_nothing_off(self):
        order = self._sell({20: [(self.bottle, 10.0)]})
        self.line = order.order_line
        for kind in ("out_invoice", "out_refund", "out_invoice"):
            self._invoice(10.0, kind, days_ago=19)
        self.assertEqual(self._bottle_row().revenue, 350.0)

    def test_a_refund_of_an_earlier_sale_is_below_zero(self):
        order = self._sell({90: [(self.bottle, 10.0)]})
        self.line = order.order_line
        self._invoice(10.0, days_ago=89)
        self._invoice(4.0, "out_refund", days_ago=3)
        row = self._bottle_row()
        self.assertEqual((row.name, row.units, row.revenue), ("N", 0.0, -140.0))

    def test_drafts_take_nothing_off(self):
        order = self._sell({20: [(self.bottle, 10.0)]})
        self.line = order.order_line
        self._invoice(10.0, days_ago=19)
        self._invoice(4.0, "out_refund", post=False, days_ago=3)
        self.assertEqual(self._bottle_row().revenue, 350.0)


@tagged("post_install", "-at_install")
class TestClassMatrix(ClassCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for product in (cls.fountain, cls.soap):
            product.detailed_type = "product"
        cls._weekly_sales()
        cls.other = cls._create_company("Autre", currency_id=cls.env.ref("base.CDF").id)
        cls._sell({7 * week + 1: [(cls.soap, 5.0)] for week in range(8)}, company=cls.other)
        cls._stock(cls.fountain, 7.0, 600.0)
        cls._stock(cls.soap, 100.0, 5.0)
        cls._stock(cls.soap, 30.0, 2.0, company=cls.other)
        cls.training = cls._train_classes()
        cls._train_classes(cls.other)

    def _matrix(self, user=None, company=None):
        company = company or self.company
        return (
            self.classes.with_user(user or self.manager)
            .with_context(allowed_company_ids=company.ids)
            .get_class_matrix()
        )

    @staticmethod
    def _cells(matrix):
        return {
            f"{cell['abc']}{cell['xyz']}": (cell["count"], cell["revenue"], cell["stock_value"])
            for cell in matrix["cells"]
        }

    def test_cells_add_up_to_the_catalogue(self):
        matrix = self._matrix()
        self.assertEqual(
            self._cells(matrix),
            {"AX": (1, 72000.0, 4200.0), "CZ": (2, 1320.0, 0.0), "NN": (2, 0.0, 500.0)},
        )
        self.assertEqual(matrix["currency_id"], self.company.currency_id.id)
        self.assertEqual(
            {name: matrix["run"][name] for name in ("days", "bucket", "abc_a", "abc_b", "xyz_x")},
            {"days": 60, "bucket": "week", "abc_a": 0.2, "abc_b": 0.5, "xyz_x": 0.3},
        )

    def test_stock_is_that_of_now_and_ours(self):
        self._stock(self.fountain, 3.0, 500.0, owner_id=self.partner.id)
        # Ten on the shelf, three of them a customer's, at the new cost.
        self.assertEqual(self._cells(self._matrix())["AX"][2], 3500.0)
        customers = self.env.ref("stock.stock_location_customers")
        self.env["stock.quant"].sudo().create(
            {"product_id": self.fountain.id, "location_id": customers.id, "quantity": 50.0}
        )
        self.assertEqual(self._cells(self._matrix())["AX"][2], 3500.0)

    def test_negative_stock_has_a_negative_value(self):
        self._stock(self.fountain, -9.0, 600.0)
        self.assertEqual(self._cells(self._matrix())["AX"][2], -1200.0)

    def test_each_company_has_its_own_figures(self):
        both = self._create_user("sr_both_class", "stock.group_stock_manager")
        both.company_ids = [Command.link(self.other.id)]
        cells = self._cells(self._matrix(both, self.other))
        self.assertEqual(cells["AX"], (1, 320.0, 60.0))
        self.assertEqual(sum(cell[2] for cell in cells.values()), 60.0)
        # With both active, the first is the current one.
        self.assertEqual(
            self._cells(self._matrix(both, self.company | self.other)),
            self._cells(self._matrix(both, self.company)),
        )
        rows = self.classes.with_user(both)
        for companies in (self.company, self.other, self.company | self.other):
            seen = rows.with_context(allowed_company_ids=companies.ids).search([])
            self.assertEqual(seen.company_id, companies)

    def test_a_row_of_another_company_cannot_be_read_by_its_id(self):
        row = self._class(self.soap, self.other)
        for user in (self.manager, self.stock_manager):
            with self.assertRaises(AccessError):
                row.with_user(user).read(["revenue"])

    def test_before_the_first_training_there_is_no_run(self):
        new = self._create_company("Vide")
        self.manager.company_ids = [Command.link(new.id)]
        matrix = self._matrix(company=new)
        self.assertEqual((matrix["run"], matrix["cells"]), (None, []))

    def test_managers_of_the_recommender_and_of_stock_only(self):
        self.assertTrue(self._matrix(self.manager)["can_train"])
        self.assertFalse(self._matrix(self.stock_manager)["can_train"])
        for user in (self.salesperson, self._create_user("sr_picker", "stock.group_stock_user")):
            with self.assertRaises(AccessError):
                self._matrix(user)
            with self.assertRaises(AccessError):
                self._class(self.soap).with_user(user).action_open_product()

    def test_nobody_writes_classes_by_hand(self):
        row = self._class(self.soap)
        for user in (self.manager, self.stock_manager):
            for attempt in (
                lambda row: row.write({"name": "AX"}),
                lambda row: row.unlink(),
                lambda row: row.copy(),
            ):
                with self.assertRaises(AccessError):
                    attempt(row.with_user(user))

    def test_a_row_opens_its_product(self):
        action = self._class(self.soap).with_user(self.stock_manager).action_open_product()
        self.assertEqual((action["res_model"], action["res_id"]), ("product.product", self.soap.id))

    def test_a_manager_asks_for_classes_alone(self):
        runs = self.runs.with_user(self.manager).with_context(allowed_company_ids=self.company.ids)
        runs.action_run_classes()
        runs.action_run_classes()
        run = self.runs.search([("company_id", "=", self.company.id)]) - self.training
        self.assertEqual((run.kind, run.state), ("classes", "pending"))
        self.assertTrue(self._matrix()["is_training"])
        self.runs._cron_process_queue()
        self.assertEqual(run.state, "done")
        matrix = self._matrix()
        self.assertEqual((matrix["is_training"], len(matrix["cells"])), (False, 3))
        for user in (self.salesperson, self.stock_manager):
            with self.assertRaises(AccessError):
                self.runs.with_user(user).action_run_classes()
        self.company.ai_enabled = False
        with self.assertRaisesRegex(UserError, "switched off"):
            runs.action_run_classes()

    def test_a_run_opens_its_classes_and_changes(self):
        run = self.training.with_user(self.manager)
        action = run.action_open_classes()
        self.assertEqual(self.classes.search_count(action["domain"]), 5)
        action = run.action_open_class_changes()
        self.assertEqual(self.changes.search_count(action["domain"]), 0)

    def test_the_page_asks_the_database_a_fixed_number_of_questions(self):
        def count():
            self._train_classes()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._matrix()
            return self.env.cr.sql_log_count - before

        count()  # what is cached for good
        few = count()
        products = self._create_products("Article", 60)
        products.detailed_type = "product"
        self._stock(products, 1.0, 2.0)
        count()
        self.assertEqual(count(), few)


@tagged("post_install", "-at_install")
class TestClassTours(ClassCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._weekly_sales()
        cls.fountain.detailed_type = "product"
        cls._stock(cls.fountain, 7.0, 600.0)

    def test_a_stock_manager_goes_from_the_matrix_to_a_product(self):
        self._train_classes()
        self.start_tour("/web", "smart_recommender_class_matrix", login="sr_stock")

    def test_a_manager_starts_from_the_empty_page(self):
        self.start_tour("/web", "smart_recommender_class_matrix_empty", login="sr_manager")
        run = self.runs.search([("kind", "=", "classes")])
        self.assertEqual((run.state, run.user_id), ("pending", self.manager))

    def test_a_salesperson_filters_the_catalog_by_class(self):
        self._train_classes()
        order = self._create_order([self.soap], state="draft", user_id=self.salesperson.id)
        self.start_tour(
            form_of(order),
            "smart_recommender_class_catalog",
            login="sr_sales",
        )
