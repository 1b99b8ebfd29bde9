"""Training of anomalies: one read of the sales, one pass of numpy, one turn."""

from dataclasses import asdict
from datetime import timedelta
from functools import partial

from odoo import _, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

LEAST_SALE_DAYS = 16


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("anomalies", "Anomalies")], ondelete={"anomalies": "cascade"}
    )
    anomalies_result_ids = fields.One2many("ai.training.result.anomalies", "run_id", readonly=True)

    def action_open_anomalies(self):
        """Open the anomalies that this run has found. Managers only."""
        return self._open_results("ai_anomaly_action", context={})

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_anomalies(self):
        from ...algorithms.anomaly.search import find_anomalies
        from ...algorithms.core.exceptions import BadQuantityError

        company = self.company_id
        today = self.env["ai.sales.extract"]._local_now(company).date()
        self.write(
            {
                "date_from": today - timedelta(days=company.ai_anomaly_window),
                "date_to": today - timedelta(days=1),
            }
        )
        settings = self._anomaly_settings()
        try:
            sales = self._read_sales()
            left_out = self.env["ai.anomaly"]._left_out(company)
            accepted = self.env["ai.anomaly"]._accepted_levels(company)
            watched = self._products_watched(sales, accepted)
            totals = self._totals(sales, left_out, accepted)
            search = find_anomalies(*watched, totals, settings)
        except BadQuantityError as error:
            raise self.env["ai.demand.history"]._bad_quantity_error(error) from error
        since = self.date_to - timedelta(days=settings.days - 1)
        created = self.env["ai.anomaly"]._store(self, search.found, search.older, since)
        self._keep_result(anomaly_count=len(search.found), new_count=created)
        self.write(
            {
                "parameters": asdict(settings) | {"window": company.ai_anomaly_window},
                "metrics": {
                    "limit": round(search.limit, 2),
                    "watched": {
                        f"{level} by {'day' if step == 1 else 'week'}": count
                        for (level, step), count in sorted(search.watched.items())
                    },
                    "unusual_days": [str(day) for day in search.broad],
                },
            }
        )
        self.env["ai.anomaly.alert"]._tell_high(company)

    def _setting_names_anomalies(self):
        return {key: f"ai_anomaly_{key}" for key in self.parameters}

    def _anomaly_settings(self):
        from ...algorithms.anomaly.search import AnomalySettings

        company = self.company_id
        return AnomalySettings(
            method=company.ai_anomaly_method,
            threshold=company.ai_anomaly_threshold,
            days=company.ai_anomaly_days,
            chance=company.ai_anomaly_chance,
            medium=company.ai_anomaly_medium,
            high=company.ai_anomaly_high,
        )

    def _read_sales(self):
        """DataFrame of ``_daily_demand`` of all products of the window, archived ones too.

        Customers are kept apart where the company watches them.
        """
        company, extract = self.company_id, self.env["ai.sales.extract"]
        window = (company, self.date_from, self.date_to)
        products = extract._sold_products(*window)
        if not products:
            raise UserError(self._no_sales_message())
        by = "customer" if company.ai_anomaly_customers else ""
        return extract._daily_demand(*window, products, by=by)

    def _products_watched(self, sales, accepted):
        """(Series of quantities, Series of revenue, (n,) categories, (n,) order lines)."""
        import numpy as np

        from ...algorithms.anomaly.series import series_of

        company, anomalies = self.company_id, self.env["ai.anomaly"]
        first = self.env["ai.sales.extract"]._demand_products(company, self.date_to)
        self.product_count = len(first)
        own = sales[sales["product_id"].isin(list(first))]
        panel = self._sales_panel(own, first)
        revenue = self._sales_panel(own.assign(quantity=own["revenue"]), first)
        left_out = anomalies._days_left_out(company, panel.product_ids, panel.days)
        left_out = self._before_accepted("product", panel, accepted, left_out)
        lines = own.groupby("product_id")["lines"].sum().reindex(panel.product_ids).fillna(0)
        lines = lines.to_numpy(np.float64)
        history = self.env["ai.demand.history"]
        known = history._without_stock_outs(company, self.date_from, panel).mask
        products = self.env["product.product"].sudo().browse(panel.product_ids.tolist())
        categories = np.array([product.categ_id.id for product in products], np.int64)
        return (
            series_of("product", panel, lines, known, left_out),
            series_of("product", revenue, lines, None, left_out),
            categories,
            lines,
        )

    @staticmethod
    def _before_accepted(level, panel, accepted, left_out):
        """(n, t) bool of days that say nothing: those left out, and those before a lasting change
        that somebody has decided on. left_out : the same or None."""
        import numpy as np

        marked = np.zeros(panel.mask.shape, bool) if left_out is None else left_out
        for row, subject in enumerate(panel.product_ids.tolist()):
            if (level, subject) in accepted:
                marked[row] |= panel.days < accepted[level, subject]
        return marked

    def _sales_panel(self, sales, first):
        from ...algorithms.core.demand_panel import demand_panel

        window = (self.date_to - self.date_from).days + 1
        sales = sales[["product_id", "date", "quantity"]]
        return demand_panel(sales, self.date_to, window, list(first), first)

    def _totals(self, sales, left_out, accepted):
        """Series of revenue of all that the company wants watched beside its products."""
        import numpy as np

        company, totals = self.company_id, []
        total = partial(self._total, left_out, accepted)
        if company.ai_anomaly_company:
            totals.append(total("company", sales, np.zeros(len(sales), np.int64)))
        if company.ai_anomaly_categories:
            products = self.env["product.product"].sudo()
            products = products.browse(sales["product_id"].unique().tolist())
            categories = {product.id: product.categ_id.id for product in products}
            totals.append(total("category", sales, sales["product_id"].map(categories)))
        if company.ai_anomaly_customers:
            totals.append(total("customer", sales, sales["customer_id"]))
        if company.ai_anomaly_salespeople:
            window = (company, self.date_from, self.date_to)
            sales = self.env["ai.sales.extract"]._daily_demand(
                *window, sales["product_id"].unique().tolist(), by="salesperson"
            )
            totals.append(total("salesperson", sales, sales["salesperson_id"]))
        return totals

    def _total(self, left_out, accepted, level, sales, ids):
        """Series of revenue by what ids say of each row of sales."""
        import numpy as np

        from ...algorithms.anomaly.series import series_of
        from ...algorithms.core.left_out import covered

        sales = sales.assign(product_id=ids, quantity=sales["revenue"])
        lines = sales.groupby("product_id")["lines"].sum()
        # Who bought on fewer days says nothing; a shop has thousands of them.
        days = sales[sales["quantity"] > 0].groupby("product_id")["date"].nunique()
        wanted = days.index[days >= LEAST_SALE_DAYS].to_numpy(np.int64)
        sales = sales[sales["product_id"].isin(wanted)]
        panel = self._sales_panel(sales, dict.fromkeys(wanted.tolist()))
        marked = np.zeros(panel.mask.shape, bool)
        if left_out:
            marked |= covered(left_out.everything, panel.days)
            for category, stretches in left_out.categories.items() if level == "category" else ():
                marked[panel.product_ids == category] |= covered(stretches, panel.days)
        marked = self._before_accepted(level, panel, accepted, marked)
        lines = lines.reindex(panel.product_ids).to_numpy(np.float64)
        return series_of(level, panel, lines, None, marked)

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _no_sales_message(self):
        return _(
            "%(company)s has sold nothing in the last %(days)s days: confirmed orders are needed "
            "before anything can be unusual.",
            company=self.company_id.name,
            days=self.company_id.ai_anomaly_window,
        )

    def _advice_anomalies(self):
        return _(
            "Shorten the days that anomalies are compared with in Settings › AI Recommender, or "
            "raise limit_time_cpu and limit_memory_hard of the server."
        )

    def _message_anomalies(self):
        result = self._result()
        message = _(
            "%(count)s anomalies in the last %(days)s days, %(new)s of them new, in %(seconds)s s.",
            count=self._grouped(result.anomaly_count),
            days=self._grouped(self.parameters["days"]),
            new=self._grouped(result.new_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )
        days = self.metrics["unusual_days"]
        if days:
            message += " " + _(
                "On %s nearly everything sold unusually; products were compared with each other.",
                ", ".join(days[-5:]),
            )
        return message
