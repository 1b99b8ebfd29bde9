"""What experiments find: outcomes of quotations, and when nobody can tell."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import CLIENTS, VISITS, ExperimentCommon, FinishedExperiment


@tagged("post_install", "-at_install")
class TestOutcomes(ExperimentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.experiment = cls.experiments.create({"looks": "sequence"})
        cls.experiment.sudo().write(
            {"state": "running", "salt": "t", "started_at": cls._moment(days=90)}
        )

    @classmethod
    def _moment(cls, **delta):
        return fields.Datetime.now() - timedelta(**delta)

    def _counted(self, partner=None, days=40, arm="shown", state="sale", after=1, price=100.0):
        """An order of an exposure so many days ago, confirmed `after` days later."""
        order = self._create_order(
            [(self.soap, 2.0)], state=state, days_ago=days - after, partner=partner
        )
        order.order_line.price_unit = price
        self.env.flush_all()
        entity = order.partner_id.commercial_partner_id
        self.exposures.sudo().create(
            {
                "company_id": self.company.id,
                "order_id": order.id,
                "partner_id": entity.id,
                "experiment_id": self.experiment.id,
                "arm": arm,
                "unit": f"client:{entity.id}",
                "exposed_at": self._moment(days=days),
                "suggestion_count": 1,
                "kinds": ["rule"],
            }
        )
        return order

    def _counted_as(self, order):
        """{name: value} of a quotation, None where it is not counted."""
        found = self.env["ai.sales.extract"]._experiment_outcomes(self.experiment)
        unit = f"client:{order.partner_id.commercial_partner_id.id}"
        if unit not in found["unit"]:
            return None
        place = found["unit"].index(unit)
        return {name: values[place] for name, values in found.items()}

    def _refund(self, order, linked=True, days_ago=0):
        """Invoice an order, and credit it; linked : whether the credit note names its lines."""
        invoice = order._create_invoices()
        invoice.invoice_date = fields.Date.today() - timedelta(days=days_ago)
        invoice.action_post()
        note = invoice._reverse_moves(
            [{"invoice_date": fields.Date.today() - timedelta(days=days_ago)}]
        )
        if not linked:
            note.invoice_line_ids.sale_line_ids = [Command.clear()]
        note.action_post()
        return note

    def test_a_confirmed_quotation_counts_what_it_sold(self):
        outcome = self._counted_as(self._counted())
        self.assertEqual(outcome["revenue"], 200)
        self.assertEqual((outcome["lines"], outcome["won"]), (1, True))

    def test_a_lost_or_cancelled_one_counts_nothing(self):
        for number, state in enumerate(("draft", "sent", "cancel")):
            outcome = self._counted_as(self._counted(self.partners[number], state=state))
            self.assertEqual((outcome["revenue"], outcome["won"]), (0, False), state)

    def test_one_that_was_confirmed_too_late_counts_nothing(self):
        self.assertEqual(self._counted_as(self._counted(days=60, after=31))["revenue"], 0)

    def test_one_whose_days_are_not_over_is_not_counted(self):
        self.assertIsNone(self._counted_as(self._counted(days=29)))

    def test_an_edited_order_counts_as_it_is_now(self):
        order = self._counted()
        order.order_line.write({"product_uom_qty": 5, "price_unit": 100.0})
        self.assertEqual(self._counted_as(order)["revenue"], 500)

    def test_cost_is_that_of_an_archived_product_too(self):
        self.soap.with_company(self.company).standard_price = 30.0
        order = self._counted()
        self.soap.active = False
        self.assertEqual(self._counted_as(order)["cost"], 60)

    def test_refunds_of_the_thirty_days_are_deducted(self):
        order = self._counted()
        self._refund(order, days_ago=20)
        self.assertEqual(self._counted_as(order)["revenue"], 0)

    def test_refunds_after_them_are_not(self):
        order = self._counted(days=60)
        self._refund(order, days_ago=5)
        self.assertEqual(self._counted_as(order)["revenue"], 200)

    def test_a_credit_note_without_order_lines_goes_to_the_invoice_it_reverses(self):
        order = self._counted()
        self._refund(order, linked=False, days_ago=20)
        self.assertAlmostEqual(self._counted_as(order)["revenue"], 0)

    def test_other_currencies_are_converted(self):
        order = self._counted()
        order.currency_rate = 0.5
        self.assertEqual(self._counted_as(order)["revenue"], 400)

    def test_before_is_the_mean_order_of_120_days_before_the_first_quotation(self):
        partner = self.env["res.partner"].create({"name": "Ancien"})
        for days, price in ((50, 100.0), (60, 300.0), (200, 900.0)):
            order = self._create_order([(self.soap, 1.0)], days_ago=days, partner=partner)
            order.order_line.price_unit = price
        # Ordered between two quotations of the experiment: not before.
        self._counted(partner, days=45)
        self._counted(partner, days=35, price=1000.0)
        self.assertEqual(self._counted_as(self._counted(partner, days=32))["before"], 200)

    def test_a_new_client_has_no_orders_before(self):
        partner = self.env["res.partner"].create({"name": "Nouveau"})
        self.assertIsNone(self._counted_as(self._counted(partner))["before"])


@tagged("post_install", "-at_install")
class TestEvaluation(FinishedExperiment):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._write_visits()

    def _revenue(self, experiment):
        return experiment.result_ids.filtered(lambda result: result.measure == "revenue")

    def test_a_planted_uplift_is_found(self):
        experiment = self._ended(uplift=0.3)
        experiment.with_user(self.manager).action_evaluate()
        found = self._revenue(experiment)
        self.assertTrue(found.can_tell)
        # Lots are drawn by ids, which differ from run to run.
        self.assertAlmostEqual(found.relative, 0.3, delta=4 * found.standard_error / 80)
        self.assertLess(found.relative_low, found.relative)
        self.assertGreater(found.relative_high, found.relative)
        self.assertAlmostEqual(found.total, found.absolute * experiment.treated_count, places=1)
        self.assertIn("more than those without", experiment.verdict)
        self.assertEqual(experiment.quotation_count, VISITS * CLIENTS)
        self.assertEqual(
            experiment.result_ids.mapped("measure"), ["revenue", "margin", "lines", "won"]
        )

    def test_its_weeks_end_with_what_it_found(self):
        experiment = self._ended(uplift=0.3)
        experiment.action_evaluate()
        last = experiment.look_ids.sorted("date")[-1]
        self.assertGreater(len(experiment.look_ids), 5)
        self.assertAlmostEqual(last.absolute, self._revenue(experiment).absolute)

    def test_without_an_effect_nobody_can_tell(self):
        experiment = self._ended()
        experiment.action_evaluate()
        self.assertFalse(self._revenue(experiment).can_tell)
        self.assertIn("Cannot tell yet", experiment.verdict)
        self.assertIn("smallest effect", experiment.verdict)

    def test_few_clients_give_no_figure(self):
        experiment = self._ended(uplift=0.3, clients=self.clients[:10])
        experiment.action_evaluate()
        found = self._revenue(experiment)
        self.assertFalse(found.is_known)
        self.assertEqual((found.absolute, found.total), (0, 0))
        self.assertIn("fewer than 20 clients", experiment.verdict)

    def test_shares_that_do_not_fit_hide_the_result(self):
        arms = dict.fromkeys(self.clients[:100], "shown")
        experiment = self._ended(uplift=0.3, arms=arms)
        experiment.action_evaluate()
        self.assertTrue(experiment.is_hidden)
        self.assertFalse(self._revenue(experiment).is_known)
        self.assertEqual(self._revenue(experiment).absolute, 0)
        self.assertIn("hidden", experiment.verdict)
        results = self.env["ai.suggestion.results"].with_user(self.manager).get_results()
        self.assertFalse(any(week["effect"] for week in results["experiment"]["weeks"]))

    def test_nothing_counted_yet(self):
        experiment = self._started()
        experiment.action_evaluate()
        self.assertIn("30 days after", experiment.verdict)

    def test_counting_again_replaces(self):
        experiment = self._ended(clients=self.clients[:50])
        experiment.action_evaluate()
        experiment.action_evaluate()
        self.assertEqual(len(experiment.result_ids), 4)

    def test_the_night_counts_what_is_not_settled(self):
        experiment = self._ended(uplift=0.3)
        self.experiments._cron_evaluate()
        self.assertFalse(experiment.evaluated_at, "it ended long ago")
        experiment.sudo().ended_at = fields.Datetime.now() - timedelta(days=20)
        self.experiments._cron_evaluate()
        self.assertTrue(experiment.evaluated_at)

    def test_the_verdict_is_in_the_reader_s_language(self):
        self._activate_french()
        experiment = self._ended(uplift=0.3)
        experiment.action_evaluate()
        self.assertIn("rapportent", experiment.with_context(lang="fr_FR").verdict)
