"""CRM's own score of opportunities, noted and judged."""

from odoo.tests import tagged

from .quotations_common import QuotationsCommon


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
