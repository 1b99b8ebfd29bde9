"""Contracts: periods and renewals, what was bought of what was agreed on, price list, rights."""

from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..core.invoicing_common import InvoicingCommon
from .common import CallCenterCommon


class ContractCommon(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contracts = cls.env["ai.client.contract"].with_company(cls.company)

    def _create_contract(self, **vals):
        return self.contracts.create(
            {
                "company_id": self.company.id,
                "partner_id": self.hotel.id,
                "product_id": self.bottle.id,
                "quantity": 10.0,
                "start_date": "2026-01-01",
                **vals,
            }
        )

    def _buy(self, products, moment, partner=None, **vals):
        order = self._create_order(products, partner=partner or self.hotel, **vals)
        order.date_order = moment
        return order

    def _period(self, contract):
        contract.invalidate_recordset()
        return contract.period_start, contract.period_end


@tagged("post_install", "-at_install")
class TestClientContract(ContractCommon):
    def test_a_contract_lasts_its_months_and_a_renewal_adds_as_many(self):
        contract = self._create_contract(months=6, notice_days=30)
        self.assertEqual(contract.end_date, date(2026, 6, 30))
        self.assertEqual(contract.due_date, date(2026, 5, 31))
        contract.with_user(self.supervisor).action_renew()
        self.assertEqual((contract.end_date, contract.renewal_count), (date(2026, 12, 31), 1))
        self.assertIn("Renewed until", contract.message_ids[0].body)

    def test_the_running_period_is_the_one_of_today(self):
        contract = self._create_contract(start_date="2026-01-31", months=1, renewal_count=2)
        for today, first, last in (
            ("2026-01-10", "2026-01-31", "2026-02-27"),
            ("2026-02-27", "2026-01-31", "2026-02-27"),
            ("2026-02-28", "2026-02-28", "2026-03-30"),
            ("2026-03-31", "2026-03-31", "2026-04-29"),
            ("2026-07-01", "2026-03-31", "2026-04-29"),
        ):
            with freeze_time(f"{today} 12:00:00"):
                found = tuple(map(str, self._period(contract)))
                self.assertEqual(found, (first, last), today)
        self.assertEqual(str(contract.end_date), "2026-04-29")

    @freeze_time("2026-03-10 12:00:00")
    def test_what_was_bought_in_the_period_is_held_against_what_was_agreed_on(self):
        self._buy([(self.bottle, 4.0)], "2025-12-31 12:00:00")
        self._buy([(self.bottle, 5.0), (self.cups, 9.0)], "2026-01-01 12:00:00")
        self._buy([(self.bottle, 7.0)], "2026-03-10 11:00:00", partner=self.cook)
        self._buy([(self.bottle, 3.0)], "2026-03-11 12:00:00")
        self._buy([(self.bottle, 3.0)], "2026-02-01 12:00:00", state="draft")
        self._buy([(self.bottle, 3.0)], "2026-02-01 12:00:00", partner=self.shared_partner)
        self._buy([(self.bottle, -2.0)], "2026-02-02 12:00:00")
        contract = self._create_contract(months=6)
        self.assertEqual((contract.agreed, contract.bought), (60.0, 10.0))
        self.assertAlmostEqual(contract.expected, 60.0 * 69 / 181, places=2)
        self.assertTrue(contract.is_behind)
        contract.write({"quantity_per": "period", "quantity": 10.0})
        self.assertEqual(contract.agreed, 10.0)
        self.assertFalse(contract.is_behind)

    @freeze_time("2026-03-10 12:00:00")
    def test_units_are_those_of_the_contract(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_order([(self.bottle, 2.0)], partner=self.hotel, state="draft")
        order.order_line.product_uom = dozen
        order.write({"state": "sale", "date_order": "2026-02-01 12:00:00"})
        self._buy([(self.bottle, 6.0)], "2026-02-02 12:00:00")
        contract = self._create_contract()
        self.assertEqual((contract.uom_id, contract.bought), (self.bottle.uom_id, 30.0))
        contract.uom_id = dozen
        self.assertEqual(contract.bought, 2.5)
        with self.assertRaisesRegex(ValidationError, "cannot be converted"):
            contract.uom_id = self.env.ref("uom.product_uom_litre")

    @freeze_time("2026-03-10 12:00:00")
    def test_a_category_counts_all_below_it_in_units_that_convert(self):
        drinks = self.env["product.category"].create({"name": "Boissons"})
        water = self.env["product.category"].create({"name": "Eaux", "parent_id": drinks.id})
        self.bottle.categ_id, self.cups.categ_id = water, drinks
        litre = self.env.ref("uom.product_uom_litre")
        units = dict.fromkeys({"uom_id", "uom_po_id"} & set(self.bottle._fields), litre.id)
        syrup = self._create_product("Sirop", categ_id=drinks.id, **units)
        lines = [(self.bottle, 4.0), (self.cups, 2.0), (self.soap, 8.0), (syrup, 5.0)]
        self._buy(lines, "2026-02-01 12:00:00")
        contract = self._create_contract(product_id=False, categ_id=drinks.id)
        self.assertEqual(contract.bought, 6.0)

    @freeze_time("2026-03-10 12:00:00")
    def test_archived_products_still_count(self):
        self._buy([(self.bottle, 4.0)], "2026-02-01 12:00:00")
        contract = self._create_contract()
        self.bottle.active = False
        contract.invalidate_recordset()
        self.assertEqual(contract.bought, 4.0)
        self.assertEqual(self._sheet()["contracts"][0]["subject"], self.bottle.name)

    def test_days_are_those_of_the_company(self):
        self.company.resource_calendar_id.tz = "Africa/Casablanca"  # one hour ahead
        self._buy([(self.bottle, 4.0)], "2025-12-31 23:30:00")
        with freeze_time("2026-06-30 23:30:00"):
            contract = self._create_contract(months=6)
            self.assertEqual(contract.bought, 4.0)
            self.assertTrue(contract.is_overdue)

    @freeze_time("2026-06-15 12:00:00")
    def test_contracts_that_renew_themselves_do_so_once_and_catch_up(self):
        over = self._create_contract(start_date="2026-01-01", months=2, renewal="auto")
        runs = self._create_contract(start_date="2026-01-01", months=12, renewal="auto")
        manual = self._create_contract(start_date="2026-01-01", months=2)
        ended = self._create_contract(start_date="2026-01-01", months=2, renewal="auto")
        ended.with_user(self.supervisor).action_end()
        for _run in range(2):
            self.contracts._renew_due(self.company)
            self.assertEqual(over.end_date, date(2026, 6, 30))
            counts = (over | runs | manual | ended).mapped("renewal_count")
            self.assertEqual(counts, [2, 0, 0, 0])

    @freeze_time("2026-06-15 12:00:00")
    def test_due_and_overdue_ones_are_told(self):
        overdue = self._create_contract(months=5)
        due = self._create_contract(months=6)
        later = self._create_contract(months=12)
        found = [(c.is_due, c.is_overdue) for c in (overdue, due, later)]
        self.assertEqual(found, [(True, True), (True, False), (False, False)])
        ended = self._create_contract(months=5)
        ended.with_user(self.supervisor).action_end()
        self.assertFalse(ended.is_due or ended.is_overdue)
        rows = self._sheet()["contracts"]
        self.assertEqual([row["id"] for row in rows], (overdue | due | later).ids)
        self.assertEqual(rows[1]["end"], "2026-06-30")

    def test_an_ended_contract_is_not_renewed(self):
        contract = self._create_contract()
        contract.with_user(self.supervisor).action_end()
        with self.assertRaisesRegex(UserError, "has ended"):
            contract.with_user(self.supervisor).action_renew()

    def test_what_makes_no_sense_is_refused_in_words(self):
        with self.assertRaisesRegex(ValidationError, "not of both"):
            self._create_contract(categ_id=self.env["product.category"].search([], limit=1).id)
        with self.assertRaisesRegex(ValidationError, "of which product"):
            self._create_contract(product_id=False)

    def test_the_sheet_costs_one_query(self):
        self._create_contract()
        sheets = self.env["ai.client.sheet"]
        self.env.flush_all()
        with self.assertQueryCount(1):
            sheets._contracts(self.company, self.hotel)

    def test_new_quotations_take_its_price_list_while_it_runs(self):
        # Clients without a price list of their own take the first one.
        _usual, pricelist = self.env["product.pricelist"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Public", "Contrat")]
        )
        today = fields.Date.today()
        contract = self._create_contract(start_date=today, pricelist_id=pricelist.id)
        order = self._create_order([self.bottle], partner=self.cook, state="draft")
        self.assertEqual(order.pricelist_id, pricelist)
        other = self._create_order([self.bottle], partner=self.shared_partner, state="draft")
        self.assertNotEqual(other.pricelist_id, pricelist)
        contract.with_user(self.supervisor).action_end()
        self.assertEqual(order.pricelist_id, pricelist)
        later = self._create_order([self.bottle], partner=self.hotel, state="draft")
        self.assertNotEqual(later.pricelist_id, pricelist)

    def test_operators_read_supervisors_write_and_managers_delete(self):
        contract = self._create_contract()
        self.assertTrue(contract.with_user(self.operator).display_name)
        for call in ("action_renew", "action_end"):
            with self.assertRaises(AccessError):
                getattr(contract.with_user(self.operator), call)()
        with self.assertRaises(AccessError):
            contract.with_user(self.operator).quantity = 1.0
        contract.with_user(self.supervisor).quantity = 12.0
        with self.assertRaises(AccessError):
            contract.with_user(self.supervisor).unlink()
        with self.assertRaises(AccessError):
            contract.with_user(self.salesperson).read(["quantity"])
        contract.with_user(self.call_manager).unlink()

    def test_another_company_stays_out(self):
        other = self._create_company("Autre")
        self.hotel.company_id = False
        contract = self._create_contract(company_id=other.id)
        self.assertEqual(self._sheet()["contracts"], [])
        seen = self.contracts.with_user(self.supervisor).search([])
        self.assertNotIn(contract, seen)
        with self.assertRaises(AccessError):
            contract.with_user(self.supervisor).action_renew()


@tagged("post_install", "-at_install")
class TestClientContractRefunds(InvoicingCommon, ContractCommon):
    def test_credit_notes_take_back_what_was_bought(self):
        self.line = self._create_order([(self.bottle, 10.0)]).order_line
        contract = self._create_contract(
            partner_id=self.partner.id, start_date=self._days_ago(20), months=1
        )
        self._invoice(10.0)
        self._invoice(4.0, move_type="out_refund")
        self.env.flush_all()
        contract.invalidate_recordset()
        self.assertEqual(contract.bought, 6.0)
        self._invoice(4.0)  # the credit note only corrected the invoice
        self.env.flush_all()
        contract.invalidate_recordset()
        self.assertEqual(contract.bought, 10.0)

    def _days_ago(self, days):
        return fields.Date.subtract(fields.Date.today(), days=days)
