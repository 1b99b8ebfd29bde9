"""Anomalies in words: what happened, when, and where it was seen."""

from datetime import date

from odoo.tests import tagged

from .common import AnomalyCommon


@tagged("post_install", "-at_install")
class TestAnomalyWords(AnomalyCommon):
    def _sentence(self, **vals):
        vals = {"date": date(2026, 11, 12), **vals}
        return self._anomaly(**vals).sentence

    def test_a_spike_says_how_many_times_as_much(self):
        when = "sold on Thursday 12 Nov 2026, 40 Units expected: "
        for quantity, words in (
            (120.0, "three times as much."),
            (80.0, "twice as much."),
            (260.0, "6.5 times as much."),
            (4000.0, "100 times as much."),
            (60.0, "50 % more."),
            (10.0, "75 % less."),
        ):
            sentence = self._sentence(quantity=quantity)
            self.assertTrue(sentence.endswith(when + words), sentence)
        self.assertTrue(self._sentence().startswith("120 Units sold"))

    def test_small_quantities_have_a_decimal(self):
        self.assertIn("0.4 Units expected", self._sentence(quantity=7.0, expected=0.4))

    def test_nothing_sold_for_a_week(self):
        self.assertEqual(
            self._week().sentence,
            "Nothing sold in the week from 2 Nov 2026 to 8 Nov 2026, 35 Units expected.",
        )

    def test_several_days_are_named_by_their_ends(self):
        days = {"date": date(2026, 11, 2), "date_end": date(2026, 11, 5), "quantity": 0.0}
        self.assertEqual(
            self._sentence(**days),
            "Nothing sold from 2 Nov 2026 to 5 Nov 2026, 40 Units expected.",
        )
        self.assertEqual(self._anomaly(**days).period, "2 Nov 2026 to 5 Nov 2026")
        self.assertEqual(self._anomaly(date=days["date"]).period, "Monday 2 Nov 2026")

    def test_two_weeks_are_not_called_one(self):
        self.assertIn("sold from 2 Nov", self._week(date_end=date(2026, 11, 15)).sentence)

    def test_where_nothing_was_expected_nothing_is_divided(self):
        self.assertEqual(
            self._sentence(expected=0.0),
            "120 Units sold on Thursday 12 Nov 2026, nothing expected.",
        )

    def test_more_refunds_than_sales_are_said_so(self):
        self.assertIn("More was returned than sold", self._sentence(quantity=-3.0))

    def test_revenue_is_said_in_the_currency_of_the_company(self):
        sentence = self._sentence(level="company", quantity=1200.0, expected=400.0)
        self.assertIn("1,200.00", sentence)
        self.assertIn("$", sentence)

    def test_each_level_says_where_it_was_seen(self):
        for vals, words in (
            ({}, "Found by day in its own sales."),
            ({"step": "week"}, "its single days scatter too much."),
            ({"method": "record"}, "Found against its own record"),
            ({"method": "level"}, "It has lasted since then: what was usual before is expected"),
            ({"method": "days"}, "Found in the number of days on which it was sold at all"),
            (
                {"level": "slow_category", "categ_id": self.category.id, "step": "week"},
                "Found by week in the slow sellers of Consommables: each of them sells too rarely",
            ),
            ({"level": "slow_company"}, "Found by day in the slow sellers of all categories"),
            ({"level": "category", "categ_id": self.category.id}, "category Consommables."),
            ({"level": "customer", "partner_id": self.partner.id}, "in what Client 0 bought."),
            ({"level": "salesperson"}, "in what Not assigned sold."),
            ({"level": "company"}, "revenue of the whole company."),
        ):
            text = self._anomaly(**vals).where_text
            self.assertIn(words, text)
            self.assertIn("z-score is 5.2; what is beyond 3.4 counts.", text)

    def test_numbers_are_written_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.manager.lang = "fr_FR"
        anomaly = self._anomaly(quantity=7.5, date=date(2026, 11, 12)).with_user(self.manager)
        sentence = anomaly.with_context(lang="fr_FR").sentence
        self.assertIn("7,5", sentence)
        self.assertIn("jeudi 12 nov. 2026", sentence)

    def test_words_of_many_rows_cost_a_fixed_number_of_questions(self):
        def count(rows):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows.with_user(self.leader).read(["sentence", "where_text", "period", "unit"])
            return self.env.cr.sql_log_count - before

        products = self._create_products("Article", 30)
        rows = self.anomalies.union(*(self._anomaly(product) for product in products))
        count(rows)  # what is cached for good
        self.assertEqual(count(rows), count(rows[:2]))
