"""Quotations that showed suggestions are logged, once and for good."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import ExperimentCommon


@tagged("post_install", "-at_install")
class TestExposures(ExperimentCommon):
    def test_a_quotation_with_suggestions_is_logged_with_their_kinds(self):
        order = self._quotation()
        items = self._see(order)["items"]
        exposure = self._exposure(order)
        self.assertEqual(exposure.arm, "shown")
        self.assertEqual(exposure.kinds, [item["kind"] for item in items])
        self.assertEqual(exposure.suggestion_count, len(items))
        self.assertEqual(exposure.partner_id, order.partner_id.commercial_partner_id)
        self.assertEqual(exposure.company_id, self.company)
        self.assertFalse(exposure.experiment_id)

    def test_it_is_written_once_and_stays_as_it_was(self):
        order = self._quotation()
        self._see(order)
        before = self._exposure(order).read()
        order.action_add_to_cart(self.bottle.id)
        order.partner_id = self.partners[3]
        self._see(order)
        self.assertEqual(self._exposure(order).read(), before)

    def test_what_shows_nothing_is_not_logged(self):
        confirmed = self._create_order([self.fountain], user_id=self.salesperson.id)
        self._see(confirmed.with_user(self.salesperson))
        self.assertFalse(self._exposure(confirmed))
        self.company.ai_enabled = False
        off = self._quotation()
        self._see(off)
        self.assertFalse(self._exposure(off))

    def test_an_unsaved_quotation_is_logged_when_it_is_saved_and_read(self):
        count = self.exposures.search_count([])
        form = Form(self.env["sale.order"].with_user(self.salesperson))
        form.partner_id = self.partner
        self.assertEqual(self.exposures.search_count([]), count)
        order = form.save()
        self._see(order)
        self.assertEqual(len(self._exposure(order)), 1)

    def test_a_copy_has_an_exposure_of_its_own(self):
        order = self._quotation()
        self._see(order)
        copied = order.copy()
        self.assertFalse(self._exposure(copied))
        self._see(copied)
        self.assertEqual(len(self._exposure(copied)), 1)

    def test_the_tab_costs_one_statement_more_and_the_save_none(self):
        order = self._quotation()
        self._see(order)
        self.env.flush_all()
        exposures = self.exposures.with_user(self.salesperson)
        with self.assertQueryCount(1):
            exposures._hiding_experiment(order, [{"kind": "rule"}])
        with patch.object(type(exposures), "_hiding_experiment") as hiding:
            order.write({"client_order_ref": "Réf. 7"})
            order.order_line.write({"product_uom_qty": 2})
            self.env.flush_all()
        hiding.assert_not_called()

    def test_only_managers_read_them_and_nobody_writes(self):
        order = self._quotation()
        self._see(order)
        exposure = self._exposure(order)
        self.assertTrue(exposure.with_user(self.manager).read(["arm"]))
        portal = new_test_user(self.env, login="sr_exposure_portal", groups="base.group_portal")
        for user in (self.salesperson, portal):
            with self.assertRaises(AccessError):
                exposure.with_user(user).read(["arm"])
        for user in (self.salesperson, self.manager):
            with self.assertRaises(AccessError):
                exposure.with_user(user).write({"arm": "control"})
            with self.assertRaises(AccessError):
                exposure.with_user(user).unlink()

    def test_managers_see_those_of_their_companies(self):
        order = self._quotation()
        self._see(order)
        other = self._create_company("Autre maison")
        stranger = self._create_user(
            "sr_exposure_other", "smart_recommender.group_manager", company=other
        )
        self.assertNotIn(order, self._as(self.exposures, stranger, other).search([]).order_id)
