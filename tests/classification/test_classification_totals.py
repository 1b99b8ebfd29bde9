"""Totals of money name their currency and are in one: of groups, below the list, in the pivot."""

import json

from odoo import Command
from odoo.tests import tagged

from ...tools.compat import companies_cookie, converts_totals
from ..core.common import RecommenderCommon
from ..core.tours import TourCase

LOOK = """
const wanted = %s;
const action = odoo.__WOWL_DEBUG__.root.env.services.action;

function expect(selector, text) {
    const found = [...document.querySelectorAll(selector)].map((e) => e.textContent.trim());
    if (!found.includes(text)) {
        throw new Error(`no ${text} in ${selector}, but ${JSON.stringify(found)}`);
    }
}

(async () => {
    const { action: id, group, total } = wanted;
    const description = await action.loadAction(id);
    description.context = { search_default_group_abc: 1 };
    await action.doAction(description, { viewType: "list", clearBreadcrumbs: true });
    expect(".o_group_header .o_list_number", group);
    expect(".o_list_footer .o_list_number", total);
    await action.doAction(description, { viewType: "pivot", clearBreadcrumbs: true });
    expect(".o_pivot_cell_value", total);
})().then(
    () => console.log("test successful"),
    (error) => console.error((error.cause || error).stack)
);
"""


@tagged("post_install", "-at_install")
class TestClassTotals(RecommenderCommon, TourCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._classify(cls.company, {cls.fountain: 72000.0, cls.bottle: 840.0, cls.cups: 480.0})

    def setUp(self):
        super().setUp()
        if converts_totals():
            self.skipTest("this series converts amounts and names their currency by itself")

    @classmethod
    def _classify(cls, company, revenues):
        run = cls.runs.sudo().create({"company_id": company.id, "kind": "classes"})
        cls.env["ai.product.class"].sudo().create(
            [
                {
                    "company_id": company.id,
                    "run_id": run.id,
                    "product_id": product.id,
                    "name": "AX" if revenue > 1000.0 else "CX",
                    "abc": "A" if revenue > 1000.0 else "C",
                    "xyz": "X",
                    "revenue": revenue,
                }
                for product, revenue in revenues.items()
            ]
        )

    def _look(self, companies, **wanted):
        """Open list and pivot with some companies; wanted : texts of a group and of the total."""
        action = self.env.ref("smart_recommender.ai_product_class_action")
        self.browser_js(
            "/web",
            LOOK % json.dumps({"action": action.id, **wanted}),
            ready="!!document.querySelector('.o_action_manager > *')",
            login=self.manager.login,
            cookies={"cids": companies_cookie(companies)},
        )

    def test_totals_name_the_currency_of_the_company(self):
        self._look(self.company, group="$\u00a01,320.00", total="$\u00a073,320.00")

    def test_companies_of_one_currency_have_totals(self):
        other = self._create_company("Atlas Sud")
        self.manager.company_ids = [Command.link(other.id)]
        self._classify(other, {self.fountain: 100.5})
        self._look(self.company | other, group="$\u00a01,420.50", total="$\u00a073,420.50")

    def test_dirhams_are_converted_before_they_are_added_to_dollars(self):
        other = self._moroccan_company()
        self._classify(other, {self.fountain: 100.5})
        self._look(self.company | other, group="≈ $\u00a01,330.05", total="≈ $\u00a073,330.05")

    def test_totals_are_in_the_currency_of_the_first_company(self):
        other = self._moroccan_company()
        self._classify(other, {self.fountain: 100.5})
        for companies, total in (
            (self.company, 73320.0),
            (other, 100.5),
            (self.company | other, 73330.05),
            (other | self.company, 733300.5),
        ):
            rows = self.env["ai.product.class"].with_user(self.manager)
            rows = rows.with_context(allowed_company_ids=companies.ids)
            groups = rows.read_group([], ["revenue:sum"], ["abc"], lazy=False)
            with self.subTest(companies=companies.mapped("name")):
                self.assertAlmostEqual(sum(group["revenue"] for group in groups), total, 2)

    def _moroccan_company(self):
        """A second company of the manager; ten of its dirhams are a dollar."""
        dirham = self.env.ref("base.MAD")
        dirham.active = True
        other = self._create_company("Atlas Maroc", currency_id=dirham.id)
        self.manager.company_ids = [Command.link(other.id)]
        for company, currency, rate in (
            (self.company, dirham, 10.0),
            (other, self.company.currency_id, 0.1),
        ):
            currency.rate_ids.filtered(lambda rate, own=company: rate.company_id == own).unlink()
            self.env["res.currency.rate"].create(
                {
                    "name": "2020-01-01",
                    "currency_id": currency.id,
                    "company_id": company.id,
                    "rate": rate,
                }
            )
        return other
