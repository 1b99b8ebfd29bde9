"""Who sees suggestions in an experiment, and who does not."""

from odoo.tests import Form, tagged

from .common import ExperimentCommon


@tagged("post_install", "-at_install")
class TestArms(ExperimentCommon):
    def test_a_control_client_sees_none_and_is_logged_all_the_same(self):
        experiment = self._started()
        partner = self._client_in(experiment, "control")
        order = self._quotation(partner=partner)
        seen = self._see(order)
        self.assertEqual((seen["status"], seen["items"]), ("control", []))
        self.assertIn(experiment.name, seen["help"])
        exposure = self._exposure(order)
        self.assertEqual((exposure.arm, exposure.experiment_id), ("control", experiment))
        self.assertEqual(exposure.unit, f"client:{partner.id}")
        self.assertGreater(exposure.suggestion_count, 0)

    def test_a_treated_client_sees_what_it_would_without_an_experiment(self):
        order = self._quotation()
        without = self._see(order)["items"]
        experiment = self._started()
        partner = self._client_in(experiment, "shown")
        treated = self._quotation(partner=partner)
        products = [item["product_id"] for item in self._see(treated)["items"]]
        self.assertIn(without[0]["product_id"], products)
        self.assertEqual(self._exposure(treated).arm, "shown")
        self.assertEqual(self._exposure(treated).experiment_id, experiment)

    def test_contacts_of_a_client_share_its_arm(self):
        experiment = self._started()
        entity = self._client_in(experiment, "control")
        entity.is_company = True
        contact = self.env["res.partner"].create({"name": "Achats", "parent_id": entity.id})
        self.assertEqual(self._see(self._quotation(partner=contact))["status"], "control")

    def test_the_arm_is_frozen_whatever_becomes_of_the_client(self):
        experiment = self._started()
        order = self._quotation(partner=self._client_in(experiment, "control"))
        self._see(order)
        other = self._client_in(experiment, "shown")
        order.partner_id.parent_id = other
        self.assertEqual(self._see(order)["status"], "control")
        order.partner_id = other
        self.assertEqual(self._see(order)["status"], "control")

    def test_popular_products_for_the_control(self):
        experiment = self._started(control_sees="popular")
        order = self._quotation(partner=self._client_in(experiment, "control"))
        seen = self._see(order)
        self.assertEqual({item["kind"] for item in seen["items"]} - {"popular"}, set())
        self.assertIn(seen["status"], ("ok", "control"))

    def test_an_a_a_test_hides_nothing(self):
        experiment = self._started(control_sees="same")
        order = self._quotation(partner=self._client_in(experiment, "control"))
        self.assertEqual(self._see(order)["status"], "ok")
        self.assertEqual(self._exposure(order).arm, "control")

    def test_an_unsaved_quotation_of_a_control_client_shows_none_either(self):
        experiment = self._started()
        form = Form(self.env["sale.order"].with_user(self.salesperson))
        form.partner_id = self._client_in(experiment, "control")
        self.assertEqual(form.ai_suggestions["status"], "control")

    def test_by_quotation_nothing_is_drawn_before_the_save(self):
        experiment = self._started(unit="order")
        form = Form(self.env["sale.order"].with_user(self.salesperson))
        form.partner_id = self.partner
        self.assertEqual(form.ai_suggestions["status"], "not_drawn")
        order = form.save()
        self._see(order)
        exposure = self._exposure(order)
        self.assertEqual(exposure.unit, f"order:{order.id}")
        self.assertEqual(exposure.arm, experiment._arm_of(exposure.unit))

    def test_walk_in_clients_are_drawn_by_quotation(self):
        counter = self.env["res.partner"].create({"name": "Comptoir"})
        experiment = self._started(walk_in_ids=[(4, counter.id)])
        orders = [self._quotation(partner=counter) for _number in range(12)]
        for order in orders:
            self._see(order)
        arms = {self._exposure(order).arm for order in orders}
        self.assertEqual(arms, {"shown", "control"})
        self.assertEqual(experiment.exposure_count, 12)

    def test_the_sheet_of_a_control_client_offers_nothing(self):
        experiment = self._started()
        for arm, status in (("control", "control"), ("shown", "ok")):
            partner = self._client_in(experiment, arm).with_user(self.salesperson)
            offers = partner.with_company(self.company).get_offers()
            self.assertEqual(offers["status"], status, arm)

    def test_the_control_sees_suggestions_again_once_its_revenue_is_counted(self):
        experiment = self._started()
        order = self._quotation(partner=self._client_in(experiment, "control"))
        self._see(order)
        experiment.with_user(self.manager).action_end()
        self.assertEqual(self._see(order)["status"], "control")
        self._age(order, days=31)
        self.assertEqual(self._see(order)["status"], "ok")

    def test_after_the_end_new_quotations_see_suggestions(self):
        experiment = self._started()
        partner = self._client_in(experiment, "control")
        experiment.with_user(self.manager).action_end()
        order = self._quotation(partner=partner)
        self.assertEqual(self._see(order)["status"], "ok")
        self.assertFalse(self._exposure(order).experiment_id)

    def test_the_experiment_of_one_company_leaves_the_other_alone(self):
        experiment = self._started()
        partner = self._client_in(experiment, "control")
        other = self._create_company("Autre maison")
        self._create_history(other)
        self._train(other)
        order = self._create_order(
            [self.fountain], state="draft", days_ago=0, partner=partner, company=other
        )
        self.assertEqual(self._see(order.with_company(other))["status"], "ok")
        self.assertFalse(self._exposure(order).experiment_id)

    def test_quotations_logged_before_the_start_are_not_in_it(self):
        order = self._quotation()
        self._see(order)
        self._started()
        self.assertEqual(self._see(order)["status"], "ok")
        self.assertFalse(self._exposure(order).experiment_id)
