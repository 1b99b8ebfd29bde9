"""Training of client offers: reorders that are due, similar customers, what is popular where."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..core.ai_sales_extract import MOST_HISTORY_ORDERS
from .ai_popular_product import SCOPES
from .ai_sales_extract_history import RECENT_ORDERS

FIRST_DAY = fields.Date.to_date("1970-01-01")
POPULAR_ROWS = 40


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("customers", "Client Offers")], ondelete={"customers": "cascade"}
    )
    customers_result_ids = fields.One2many("ai.training.result.customers", "run_id", readonly=True)
    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_run_customers(self):
        """Ask for new client offers of the current company; a background job makes them.

        Returns the client action that says so. Raises AccessError for anyone but managers,
        UserError where the recommender is switched off.
        """
        return self.env["ai.training"]._ask_for(["customers"])

    def action_open_offers(self):
        """Open the client offers that this run has made. Managers only."""
        action = self._open_results("ai_customer_recommendation_action", context={})
        # What was archived since is not offered any more.
        offered = [("product_id.active", "=", True), ("product_id.sale_ok", "=", True)]
        return {**action, "domain": [*action["domain"], *offered]}

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_customers(self):
        """Learn the offers of the run's company and replace its rows."""
        # Lazy: pandas and scipy cost address space that only training may take.
        import numpy as np

        from ...algorithms.core import baskets

        company = self.company_id
        extract = self.env["ai.sales.extract"]
        window = extract._window(company)
        lines = extract._local_order_items(company, *window)
        bought = baskets.without_counters(baskets.build_baskets(lines), MOST_HISTORY_ORDERS)
        customers = np.unique(bought.customer)
        if not customers.any():
            raise UserError(self._no_customers_message())
        self.write(
            {
                "date_from": window[0],
                "date_to": window[1],
                "order_count": bought.size,
                "line_count": len(lines),
                "product_count": bought.product_count,
                "parameters": {
                    "history_days": company.ai_history_days,
                    "reorder_min_purchases": company.ai_reorder_min_purchases,
                    "min_customers": company.ai_min_customers,
                },
            }
        )
        del lines
        self._store_popular(bought, extract._customer_scopes(company, *window))
        ratings = extract._product_ratings(company)
        report = self._tested_offers(bought, ratings)
        gain = report is not None and report.stars is not None and report.stars.gain
        self._store_offers(bought, ratings if gain else None)
        if report is not None:
            self._store_report(report)

    def _store_popular(self, bought, members):
        from ...algorithms.suggestion import popular_products, quantities

        company = self.company_id
        table = popular_products.popular_products(
            bought,
            members,
            (self.date_to - FIRST_DAY).days + 1,
            POPULAR_ROWS,
            max(popular_products.LEAST_CUSTOMERS, company.ai_min_customers),
            self._offered_ids(bought),
        )
        typical = quantities.typical_quantities(bought, table.product)
        self.env["ai.popular.product"]._replace(self, table, typical)
        self.metrics = {
            "popular": {name: int((table.kind == kind).sum()) for kind, name in enumerate(SCOPES)}
        }

    def _store_offers(self, bought, ratings):
        import numpy as np

        from ...algorithms.suggestion import customer_factors, quantities, reorder_due
        from ...algorithms.suggestion.backtest_cases import REORDER_ROWS, SIMILAR_ROWS

        company = self.company_id
        offered = self._offered_ids(bought)
        table = reorder_due.reorder_table(
            bought, company.ai_reorder_min_purchases, recent=RECENT_ORDERS
        )
        table = table.take(np.isin(table.product, offered))
        rows, scores = reorder_due.strongest(table, (self.date_to - FIRST_DAY).days, REORDER_ROWS)
        reorder = table.take(rows)
        similar = customer_factors.new_products(
            customer_factors.train_factors(bought, ratings),
            SIMILAR_ROWS,
            company.ai_min_customers,
            offered=offered,
        )
        typical = quantities.typical_quantities(bought, similar.product)
        self.env["ai.customer.recommendation"]._replace(self, (reorder, scores), similar, typical)
        customers = np.union1d(reorder.customer, similar.customer)
        self._keep_result(offer_count=len(reorder) + len(similar), client_count=len(customers))
        self.metrics = {
            **self.metrics,
            "customers": int(np.count_nonzero(np.unique(bought.customer))),
            "reorder": len(reorder),
            "due": int(reorder.is_due((self.date_to - FIRST_DAY).days).sum()),
            "similar": len(similar),
        }

    def _offered_ids(self, bought):
        """(k,) int64, those of the products bought that may be offered today: the best of each
        client would else be used up by what is archived or no longer for sale."""
        import numpy as np

        offered = self.env["ai.suggestion"]._offered(self.company_id, np.unique(bought.product))
        return np.array(offered.ids, np.int64)

    def _tested_offers(self, bought, ratings):
        """OfferReport of a back-test, None where there are too few clients for one.

        ratings : what ``ai.sales.extract._product_ratings`` gives.
        """
        import numpy as np

        from ...algorithms.core import exceptions
        from ...algorithms.suggestion import offers_backtest

        company = self.company_id
        try:
            return offers_backtest.run_offers_backtest(
                bought,
                np.random.default_rng(0),
                company.ai_reorder_min_purchases,
                company.ai_min_customers,
                ratings,
            )
        except exceptions.InsufficientDataError:
            return None

    def _store_report(self, report):
        from ...algorithms.suggestion import offers_backtest

        self.env["ai.backtest.result"]._store(
            self, {name: getattr(report, name) for name in offers_backtest.SITUATIONS}
        )
        self._keep_result(
            similar_first=report.similar_first,
            is_beaten=report.beaten,
            hit_rate=report.any["chosen"].hit_rate,
            popular_hit_rate=report.any["popular"].hit_rate,
        )
        self.metrics = {
            **self.metrics,
            "backtest_customers": report.customer_count,
            "backtest_new": report.new_count,
        }
        if report.stars is not None:
            self.metrics = {
                **self.metrics,
                "stars": {
                    "better": report.stars.better,
                    "worse": report.stars.worse,
                    "gain": report.stars.gain,
                },
            }

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _verdict_customers(self):
        """What the back-test of the offers says, in a sentence or more."""
        self.ensure_one()
        shares = {
            f"{row.method}_{row.situation}": formatLang(self.env, 100 * row.hit_rate, digits=1)
            for row in self.backtest_ids
        }
        if not shares:
            return _(
                "There are too few clients with several orders for a back-test, so it is not "
                "known how good the offers are."
            )
        message = _(
            "One product was hidden from the next order of %(clients)s clients. The first ten "
            "offers held it for %(hits)s%% of them, the ten most popular products for "
            "%(popular)s%%, what is due for reorder alone for %(reorder)s%%. Where it was new to "
            "the client, what similar clients buy held it for %(similar)s%% and popular products "
            "for %(popular_new)s%%.",
            clients=(self.metrics or {}).get("backtest_customers", 0),
            hits=shares["chosen_any"],
            popular=shares["popular_any"],
            reorder=shares["reorder_any"],
            similar=shares["factors_new"],
            popular_new=shares["popular_new"],
        )
        if self._result().is_beaten:
            message += " " + _(
                "Popular products alone find more than the offers: more orders or a longer history "
                "window may change that."
            )
        stars = (self.metrics or {}).get("stars")
        return f"{message} {self._stars_message(**stars)}" if stars else message

    def _stars_message(self, better, worse, gain):
        if gain:
            return _(
                "Stars from clients weigh what similar clients buy: among the first ten offers "
                "they moved %(better)s hidden new products up and %(worse)s down.",
                better=better,
                worse=worse,
            )
        return _(
            "Stars from clients do not weigh the offers: among the first ten they would have moved "
            "%(better)s hidden new products up and %(worse)s down, no more than by chance.",
            better=better,
            worse=worse,
        )

    def _no_customers_message(self):
        return _(
            "%(company)s has no client to learn from: in the last %(days)s days there is no "
            "confirmed order of a client with at most %(most)s orders. Confirm orders, or lengthen "
            "the history window in Settings › AI Recommender.",
            company=self.company_id.name,
            days=self.company_id.ai_history_days,
            most=MOST_HISTORY_ORDERS,
        )

    def _advice_customers(self):
        return _(
            "Shorten the history window in Settings › AI Recommender, or raise limit_time_cpu and "
            "limit_memory_hard of the server."
        )

    def _message_customers(self):
        result, metrics = self._result(), self.metrics or {}
        return _(
            "%(offers)s offers for %(customers)s clients: %(due)s products are due for reorder "
            "now, %(similar)s come from similar clients, in %(seconds)s s.",
            offers=self._grouped(result.offer_count),
            customers=self._grouped(result.client_count),
            due=self._grouped(metrics.get("due", 0)),
            similar=self._grouped(metrics.get("similar", 0)),
            seconds=formatLang(self.env, self.duration, digits=1),
        )
