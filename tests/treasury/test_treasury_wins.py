"""Chances of quotations: what they are learned from, what is told, who sees it, what CRM says."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .quotations_common import QuotationsCommon

OPEN = 2**31 - 1


@tagged("post_install", "-at_install")
class TestWinQuotations(QuotationsCommon):
    """What is read."""

    def _read(self, age=1, company=None):
        found = self.env["ai.treasury.extract"]._quotations(company or self.company, age)
        names = ("sent", "decided", "won", "amount", "lines")
        today = self.env["ai.treasury.extract"]._today(self.company)
        rows = zip(found["order"].tolist(), *(found[name].tolist() for name in names), strict=True)
        return {
            order: (
                today - sent,
                None if decided == OPEN else today - decided,
                won,
                round(amount, 2),
                lines,
            )
            for order, sent, decided, won, amount, lines in rows
        }

    def test_each_quotation_is_read_once_with_its_end(self):
        client = self.clients[0]
        won, lost, is_open = self._quote(
            [
                (client, self.bottle, 2.0, 30, 22, "sale"),
                (client, self.bottle, 3.0, 20, 12, "cancel"),
                (client, self.bottle, 4.0, 9, None, "sent"),
            ]
        )
        self.assertEqual(
            self._read(),
            {
                won.id: (30, 22, True, 70.0, 1),
                lost.id: (20, 12, False, 105.0, 1),
                is_open.id: (9, None, False, 140.0, 1),
            },
        )

    def test_orders_of_the_past_that_were_imported_were_no_quotations(self):
        imported = self._create_order([self.bottle], days_ago=40)
        self.assertNotIn(imported.id, self._read())

    def test_what_came_later_is_not_known(self):
        [order] = self._quote([(self.clients[0], self.bottle, 2.0, 30, 22, "sale")])
        late = self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.cups.id, "product_uom_qty": 5.0}
        )
        self.env.flush_all()
        self._date_line(late, 25)
        self._log_amount(order, 70.0, 130.0, 25)
        self.assertEqual(self._read(1)[order.id][3:], (70.0, 1))
        self.assertEqual(self._read(7)[order.id][3:], (order.amount_untaxed, 2))

    def _date_line(self, line, days):
        self.env.cr.execute(
            "UPDATE sale_order_line SET create_date = %s WHERE id = %s", [self._ago(days), line.id]
        )

    def _log_amount(self, order, old, new, days):
        field = self.env["ir.model.fields"]._get("sale.order", "amount_untaxed")
        message = self.env["mail.message"].create(
            {"model": "sale.order", "res_id": order.id, "date": self._ago(days)}
        )
        self.env["mail.tracking.value"].create(
            {
                "mail_message_id": message.id,
                "field_id": field.id,
                "old_value_float": old,
                "new_value_float": new,
            }
        )

    def test_amounts_are_in_the_company_s_currency_and_of_the_entity(self):
        contact = self.env["res.partner"].create({"name": "Chef", "parent_id": self.clients[0].id})
        [order] = self._quote([(contact, self.bottle, 2.0, 30, 22, "sale")])
        self.env.cr.execute("UPDATE sale_order SET currency_rate = 2 WHERE id = %s", [order.id])
        found = self.env["ai.treasury.extract"]._quotations(self.company, 1)
        self.assertEqual(found["client"].tolist(), self.clients[0].ids)
        self.assertAlmostEqual(found["amount"][0], 35.0)

    def test_quotations_without_products_and_of_other_companies_are_left_out(self):
        other = self._create_company("Quotations other")
        self.env["sale.order"].create(
            {"partner_id": self.clients[0].id, "company_id": self.company.id}
        )
        self._quote([(self.clients[0], self.bottle, 1.0, 3, None, "draft")], other)
        self.assertEqual(self._read(), {})
        self.assertEqual(len(self._read(company=other)), 1)


@tagged("post_install", "-at_install")
class TestWinTraining(QuotationsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._history()
        cls.generous, cls.strict, cls.newest, cls.old = cls._quote(
            [
                (cls.clients[0], cls.bottle, 10.0, 2, None, "sent"),
                (cls.clients[1], cls.bottle, 10.0, 2, None, "draft"),
                (cls.clients[2], cls.bottle, 10.0, 0, None, "draft"),
                (cls.clients[2], cls.bottle, 10.0, 200, None, "sent"),
            ]
        )

    def _chance(self, order):
        return self.chances.search([("order_id", "=", order.id)]).chance

    # ------------------------------------------------------------------
    # What is learned
    # ------------------------------------------------------------------

    def test_clients_habits_tell_who_wins(self):
        run = self._learn()
        result = run._result()
        self.assertEqual((result.method, result.replaced), ("model", True))
        self.assertLess(result.brier, result.base_brier)
        self.assertGreater(result.low, 0)
        self.assertLess(result.calibration_error, 0.15)
        self.assertTrue(0.3 < result.rate < 0.6)
        self.assertTrue(7 <= result.lapse <= 20)
        self.assertGreater(self._chance(self.generous), 0.6)
        self.assertLess(self._chance(self.strict), 0.3)
        self.assertGreater(self._chance(self.newest), 0.6)
        self.assertFalse(self._chance(self.old))
        self.assertEqual(result.chance_count, 3)
        self.assertFalse(run.is_beaten)
        run = run.with_context(lang="en_US")
        self.assertRegex(run.verdict, r"Brier score of 0\.\d{3}, the share of all .* better by")
        self.assertRegex(run.outcome, r"^\d+% of \d+ quotations were won, nearly all within \d+ ")
        self.assertIn("Brier Score of CRM: not tested", run.result_text)

    def test_rows_hold_what_is_expected(self):
        self._learn()
        row = self.chances.search([("order_id", "=", self.generous.id)])
        self.assertAlmostEqual(row.amount, 350.0)
        self.assertAlmostEqual(row.expected, 350.0 * row.chance, 4)
        self.assertEqual(row.partner_id, self.clients[0])
        self.assertEqual(row.user_id, self.generous.user_id)
        self.assertEqual(row.currency_id, self.company.currency_id)
        self.assertEqual(row.sent_on, self._ago(2).date())

    def test_training_twice_gives_the_same_and_one_model(self):
        first = self._learn()
        chance = self._chance(self.generous)
        second = self._learn()
        self.assertAlmostEqual(self._chance(self.generous), chance)
        self.assertAlmostEqual(first._result().brier, second._result().brier)
        store = self.env["ai.model.store"]
        self.assertEqual(store._attachments(self.company, "wins").res_id, second.id)

    def test_worse_models_do_not_replace_the_old_ones(self):
        self._learn()
        from ...algorithms.treasury import win_landmarks

        lost = win_landmarks.WinDuel(40, 0.1, 0.2, True)
        with patch.object(win_landmarks, "duel", lambda *_args: lost):
            run = self._learn()
        self.assertFalse(run._result().replaced)
        self.assertIn("The models before stay in use", run.with_context(lang="en_US").verdict)
        self.assertTrue(self._learn()._result().replaced)

    def test_a_company_with_few_quotations_is_told_so(self):
        other = self._create_company("Quotations other")
        run = self._learn(other)
        self.assertEqual(run.state, "done")
        self.assertFalse(run._result().method)
        self.assertRegex(
            run.with_context(lang="en_US").outcome, "too few quotations .* 0 were found.*200"
        )
        self.assertFalse(run.verdict)
        self.assertFalse(self.chances.search([("company_id", "=", other.id)]))

    def test_chances_go_where_quotations_become_too_few(self):
        self._learn()
        self.env.cr.execute(
            "DELETE FROM sale_order WHERE company_id = %s AND state = 'cancel'", [self.company.id]
        )
        self._learn()
        self.assertFalse(self.chances.search([("company_id", "=", self.company.id)]))
        self.assertFalse(self.env["ai.model.store"]._attachments(self.company, "wins"))

    def test_companies_have_chances_of_their_own(self):
        other = self._create_company("Quotations other")
        self._history(company=other)
        [order] = self._quote([(self.clients[0], self.bottle, 10.0, 2, None, "sent")], other)
        self._learn()
        self._learn(other)
        self._learn()
        self.assertEqual(self.chances.search([("company_id", "=", other.id)]).order_id, order)
        self.assertEqual(len(self.chances.search([("company_id", "=", self.company.id)])), 3)

    # ------------------------------------------------------------------
    # On the quotation
    # ------------------------------------------------------------------

    def test_the_quotation_tells_its_chance_until_it_is_decided(self):
        self._learn()
        order = self.generous.with_user(self.manager)
        self.assertAlmostEqual(order.ai_win_chance, self._chance(self.generous))
        self.assertAlmostEqual(order.ai_expected_amount, 350.0 * order.ai_win_chance, 2)
        self.assertEqual(self.old.with_user(self.manager).ai_win_chance, 0)
        order.action_confirm()
        self.assertEqual(order.ai_win_chance, 0)

    def test_salespeople_see_those_of_their_own_quotations(self):
        self.strict.user_id = self.manager
        self.generous.user_id = self.salesperson
        self._learn()
        domain = [("company_id", "=", self.company.id)]
        seen = self.chances.with_user(self.salesperson).search(domain).order_id
        self.assertIn(self.generous, seen)
        self.assertNotIn(self.strict, seen)
        everything = self.chances.with_user(self.manager).search(domain).order_id
        self.assertLessEqual(self.generous | self.strict, everything)
        with self.assertRaises(AccessError):
            self.strict.with_user(self.salesperson).read(["ai_win_chance"])
        # The row follows its quotation.
        self.strict.user_id = self.salesperson
        self.env.flush_all()
        self.assertIn(self.strict, self.chances.with_user(self.salesperson).search(domain).order_id)

    def test_others_and_the_portal_see_no_chance(self):
        self._learn()
        portal = self._create_user("win_portal", "base.group_portal")
        stock = self._create_user("win_stock", "stock.group_stock_manager")
        for user in (portal, stock):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.chances.with_user(user).search([])
        names = self.env["sale.order"].with_user(portal).fields_get()
        self.assertNotIn("ai_win_chance", names)
        self.assertNotIn("ai_expected_amount", names)

    def test_nobody_writes_chances(self):
        self._learn()
        row = self.chances.search([], limit=1).with_user(self.manager)
        for work in (
            lambda: row.write({"chance": 1}),
            row.unlink,
            lambda: row.create({"order_id": self.old.id}),
        ):
            with self.assertRaises(AccessError):
                work()

    def test_managers_open_what_the_run_made_and_others_nothing(self):
        run = self._learn()
        for method in ("action_open_win_results", "action_open_win_chances"):
            action = getattr(run.with_user(self.manager), method)()
            self.assertTrue(self.env[action["res_model"]].search(action["domain"]))
            with self.assertRaises(AccessError):
                getattr(run.with_user(self.salesperson), method)()
        with self.assertRaises(AccessError):
            self.runs.with_user(self.salesperson).action_run_wins()
        self.assertTrue(self.runs.with_user(self.manager).action_run_wins())

    # ------------------------------------------------------------------
    # Pipeline
    # ------------------------------------------------------------------

    def _pipeline(self, user, company=None):
        pipeline = self.env["ai.quotation.pipeline"].with_user(user)
        return pipeline.with_company(company or self.company).get_pipeline()

    def test_the_pipeline_adds_up_what_is_expected(self):
        self._learn()
        found = self._pipeline(self.manager)
        rows = self.chances.search([("company_id", "=", self.company.id)])
        quotations = found["quotations"]
        self.assertEqual(quotations["count"], 3)
        self.assertAlmostEqual(quotations["expected"], sum(rows.mapped("expected")), 2)
        self.assertLessEqual(quotations["low"], quotations["expected"])
        self.assertLessEqual(quotations["expected"], quotations["high"])
        self.assertEqual(found["given_up"], {"count": 1, "amount": 350.0})
        self.assertEqual(found["unknown"]["count"], 0)
        self.assertTrue(found["model"]["is_told"])
        self.assertGreater(sum(each[2] for each in found["model"]["bins"]), 50)
        self.assertFalse(found["crm"]["is_told"])

    def test_everybody_adds_up_what_he_sees(self):
        (self.strict | self.newest | self.old).user_id = self.manager
        self.generous.user_id = self.salesperson
        self._learn()
        found = self._pipeline(self.salesperson)
        self.assertEqual(found["quotations"]["count"], 1)
        self.assertEqual(found["given_up"]["count"], 0)

    def test_a_quotation_of_today_has_no_chance_yet(self):
        self._learn()
        self._quote([(self.clients[0], self.bottle, 2.0, 0, None, "draft")])
        self.assertEqual(self._pipeline(self.manager)["unknown"], {"count": 1, "amount": 70.0})

    def test_without_a_training_the_page_says_so(self):
        found = self._pipeline(self.manager)
        self.assertEqual(found["quotations"]["count"], 0)
        self.assertEqual((found["model"]["is_told"], found["model"]["message"]), (False, ""))

    def test_who_does_not_sell_sees_no_pipeline(self):
        stock = self._create_user("win_stock", "stock.group_stock_manager")
        with self.assertRaises(AccessError):
            self._pipeline(stock)


@tagged("post_install", "-at_install")
class TestWinLeads(QuotationsCommon):
    """CRM's own score, noted when an opportunity is young and judged later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notes = cls.env["ai.lead.note"]
        cls.won = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.won = cls.won or cls.env["crm.stage"].create({"name": "Gagné", "is_won": True})
        cls.first = cls.env["crm.stage"].create({"name": "Nouveau", "sequence": 0})

    def _leads(self, count, days, company=None, **vals):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": f"Fontaines {number}",
                    "type": "opportunity",
                    "stage_id": self.first.id,
                    "company_id": (company or self.company).id,
                    "user_id": False,
                    "team_id": False,
                    **vals,
                }
                for number in range(count)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s, automated_probability = 40 WHERE id = ANY(%s)",
            [self._ago(days), leads.ids],
        )
        self.env.invalidate_all()
        return leads

    def test_young_opportunities_are_noted_once(self):
        leads = self._leads(2, 8)
        self._leads(1, 2)
        self._leads(1, 60)
        self._learn()
        notes = self.notes.search([("company_id", "=", self.company.id)])
        self.assertEqual(notes.lead_id, leads)
        self.assertEqual(set(notes.mapped("chance")), {0.4})
        self.env.cr.execute("UPDATE crm_lead SET automated_probability = 90")
        self.env.invalidate_all()
        self._learn()
        self.assertEqual(set(notes.mapped("chance")), {0.4})

    def test_each_company_notes_its_own(self):
        other = self._create_company("Leads other")
        self._leads(1, 8, other)
        self._learn()
        self.assertFalse(self.notes.search([("company_id", "=", self.company.id)]))
        self._learn(other)
        self.assertEqual(len(self.notes.search([("company_id", "=", other.id)])), 1)

    def test_crm_is_judged_by_what_became_of_them(self):
        leads = self._leads(60, 8)
        self._learn()
        self.notes.search([]).noted_on = self._ago(91).date()
        leads[:45].write({"stage_id": self.won.id})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET date_closed = %s WHERE id = ANY(%s)",
            [self._ago(60), leads[:45].ids],
        )
        self.env.invalidate_all()
        leads[45:50].action_set_lost()
        run = self._learn()
        result = run._result()
        self.assertEqual(result.lead_count, 60)
        self.assertAlmostEqual(result.crm_base_brier, 0.75 * 0.25, delta=0.001)
        self.assertAlmostEqual(result.crm_brier, 0.75 * 0.36 + 0.25 * 0.16, delta=0.001)
        self.assertAlmostEqual(result.crm_calibration_error, 0.35, 1)
        crm = self.env["ai.quotation.pipeline"].with_user(self.manager).get_pipeline()["crm"]
        self.assertTrue(crm["is_told"])
        self.assertEqual(sum(each[2] for each in crm["bins"]), 60)

    def test_opportunities_make_a_pipeline_of_their_own(self):
        self._leads(2, 3, expected_revenue=1000.0, probability=40)
        leads = self.env["crm.lead"].search([("company_id", "=", self.company.id)])
        expected = sum(lead.expected_revenue * lead.probability / 100 for lead in leads)
        found = self.env["ai.quotation.pipeline"].with_user(self.manager).get_pipeline()["leads"]
        self.assertEqual((found["count"], found["amount"]), (2, 2000.0))
        self.assertAlmostEqual(found["expected"], expected)
