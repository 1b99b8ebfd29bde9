"""Training of demand forecasts, in turns that a worker's limits and a restart cannot hurt.

    first turn    score earlier forecasts, learn what the catalogue shares, store it
    other turns   forecast a portion of the products beside the rows in use
    last turn     switch the new rows on and remove the old ones, in one transaction

Each turn ends within a budget of CPU seconds and commits how far it got (``cursor``). The
mathematics are in ``algorithms.forecast.catalogue``.
"""

from dataclasses import asdict
from datetime import date

from odoo import _, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang, split_every

from ...tools.turn import Turn
from ..core.ai_training_run import SEED, TURN_SECONDS

HORIZON = 90
MIN_HISTORY = 14
PORTION = 500


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("forecast", "Demand Forecasts")], ondelete={"forecast": "cascade"}
    )
    forecast_result_ids = fields.One2many("ai.training.result.forecast", "run_id", readonly=True)
    forecast_ids = fields.One2many("ai.forecast", "run_id", readonly=True)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_forecasts(self):
        """Open the forecasts that this run has made. Managers only."""
        return self._open_results("ai_forecast_action")

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_forecast(self):
        """One turn. Returns whether the run has ended."""
        from ...algorithms.core import parallel

        turn = Turn()
        catalogue = self.env["ai.model.store"]._load(self) if self.cursor else None
        if catalogue is None:
            catalogue = self._learn_catalogue()
        known = self.env["ai.sales.extract"]._demand_products(self.company_id, self.date_to)
        ahead = [product for product in known if product > self.cursor]
        for part in split_every(PORTION * parallel.at_once(), ahead, list):
            self._forecast_part({product: known[product] for product in part}, catalogue)
            # At least one portion a turn, or learning alone would use up every one.
            if turn.is_over(TURN_SECONDS):
                return False
        self.env["ai.forecast"]._switch(self)
        self.env["ai.forecast.accuracy"]._keep(self)
        self._write_forecast_quality()
        return True

    def _learn_catalogue(self):
        """What products share; starts the run over, whatever an earlier attempt has left."""
        import numpy as np

        from ...algorithms.core import exceptions
        from ...algorithms.forecast.catalogue import fit_catalogue

        company = self.company_id
        extract = self.env["ai.sales.extract"]
        date_from, date_to = extract._demand_window(company)
        self.env["ai.closed.day"]._find(company, date_from, date_to)
        self.env["ai.forecast.accuracy"]._score(company, extract._local_now(company).date())
        self.env["ai.forecast"]._drop_unfinished(company)
        products = extract._demand_products(company, date_to)
        # Days before the first sale of all tell nothing, and a young shop is to be known as one.
        date_from = min(max([date_from, *sorted(products.values())[:1]]), date_to)
        self.write(
            {
                "cursor": 0,
                "done_share": 0,
                "date_from": date_from,
                "date_to": date_to,
                "product_count": len(products),
            }
        )
        self._keep_result(forecast_count=0, no_forecast_count=0, fallback_count=0)
        try:
            if not products:
                raise exceptions.InsufficientDataError(0, 1)
            rng = np.random.default_rng(SEED)
            panel = self._demand_panel(self._sample(products, date_from, rng))
            catalogue = fit_catalogue(panel, self._forecast_settings(), rng)
        except exceptions.InsufficientDataError as error:
            raise UserError(self._no_demand_message()) from error
        except exceptions.BadQuantityError as error:
            raise self.env["ai.demand.history"]._bad_quantity_error(error) from error
        self._describe_catalogue(catalogue, date_from)
        self.env["ai.model.store"]._save(self, catalogue)
        return catalogue

    def _sample(self, products, date_from, rng):
        """The products that a catalogue is learned on: three years of all would not fit in memory.

        products : {product id: date of its first sale}. Returns those of a random sample of the
        ones that sold in the window.
        """
        from ...algorithms.forecast.catalogue import MOST_LEARNED

        last = self.env["ai.sales.extract"]._sale_days(self.company_id, self.date_to)
        begin = (date_from - date(1970, 1, 1)).days
        sold = set(last["product_id"][last["last"] >= begin].tolist())
        ids = [product for product in products if product in sold] or list(products)
        if len(ids) > MOST_LEARNED:
            ids = sorted(rng.choice(ids, MOST_LEARNED, replace=False).tolist())
        return {product: products[product] for product in ids}

    def _setting_names_forecast(self):
        # Days of history are those that there were, not the setting.
        return {"discontinued_after": "ai_discontinued_days", "history_days": False}

    def _forecast_settings(self):
        from ...algorithms.forecast.catalogue import ForecastSettings

        return ForecastSettings(
            horizon=HORIZON,
            min_history=MIN_HISTORY,
            discontinued_after=self.company_id.ai_discontinued_days,
        )

    def _demand_panel(self, products):
        """DemandPanel of the run's window. products : {product id: date of its first sale}."""
        window = (self.company_id, self.date_from, self.date_to)
        return self.env["ai.demand.history"]._demand_panel(*window, products)

    def _describe_catalogue(self, catalogue, date_from):
        weights = zip(
            self._forecast_settings().methods, catalogue.weights.weight.tolist(), strict=True
        )
        self.write(
            {
                "parameters": {
                    **asdict(self._forecast_settings()),
                    "history_days": (self.date_to - date_from).days + 1,
                },
                "metrics": {
                    "tested_products": catalogue.weights.count,
                    "weights": {name: round(weight, 3) for name, weight in weights if weight},
                    "boosting_rows": catalogue.boosting.rows if catalogue.boosting else 0,
                },
            }
        )

    def _forecast_part(self, products, catalogue):
        """Forecast some products beside the rows in use, a portion at a time."""
        from ...algorithms.core import parallel
        from ...algorithms.forecast.catalogue import forecast_products

        settings = self._forecast_settings()
        panel = self._demand_panel(products)
        starts = range(0, max(len(panel), 1), PORTION)
        portions = [panel.take(slice(start, start + PORTION)) for start in starts]
        tasks = ((portion, catalogue, settings) for portion in portions)
        tables = parallel.each(forecast_products, tasks)
        for portion, table in zip(portions, tables, strict=True):
            self.env["ai.forecast"]._append(self, table, portion)
            self._add_errors(table)
            self._count_portion(table)
        self.write({"cursor": max(products), "done_share": self._share_forecast()})
        self.env.invalidate_all()

    def _count_portion(self, table):
        result, made = self._result(), int((table.state == "ok").sum())
        self._keep_result(
            forecast_count=result.forecast_count + made,
            no_forecast_count=result.no_forecast_count + len(table) - made,
            fallback_count=result.fallback_count + sum(bool(text) for text in table.reason),
        )

    def _share_forecast(self):
        """The share of the products that have been worked on."""
        done = self._result().forecast_count + self._result().no_forecast_count
        return min(done / self.product_count, 1) if self.product_count else 0

    def _add_errors(self, table):
        """Add the back-test of a portion to that of the company: sums, as shares do not add up."""
        import numpy as np

        tested = table.origins > 0
        mase = table.mase[tested & np.isfinite(table.mase)]
        sold, absolute, error, _daily = table.tested[tested].sum(axis=0).tolist()
        sums = {
            "tested_sold": sold,
            "tested_absolute": absolute,
            "tested_error": error,
            "mase_sum": float(mase.sum()),
            "mase_count": len(mase),
        }
        metrics = self.metrics or {}
        self.metrics = metrics | {name: metrics.get(name, 0) + add for name, add in sums.items()}

    def _write_forecast_quality(self):
        metrics = self.metrics or {}
        sold, count = metrics.get("tested_sold", 0), metrics.get("mase_count", 0)
        self._keep_result(
            wape=metrics["tested_absolute"] / sold if sold else 0,
            bias=metrics["tested_error"] / sold if sold else 0,
            mase=metrics["mase_sum"] / count if count else 0,
        )

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _no_demand_message(self):
        return _(
            "%(company)s has sold nothing that could be forecast: products that are active, not "
            "excluded in Settings › AI Recommender, and on confirmed orders before today are "
            "needed.",
            company=self.company_id.name,
        )

    def _advice_forecast(self):
        return _(
            "Shorten the forecast history in Settings › AI Recommender, or raise limit_time_cpu "
            "and limit_memory_hard of the server."
        )

    def _message_forecast(self):
        result = self._result()
        message = _(
            "%(made)s products forecast, %(others)s without enough sales, in %(seconds)s s.",
            made=self._grouped(result.forecast_count),
            others=self._grouped(result.no_forecast_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )
        if result.wape:
            message += " " + _(
                "In the back-test the 30-day totals were off by %(error)s%% of the sales.",
                error=formatLang(self.env, 100 * result.wape, digits=0),
            )
        else:
            message += " " + _(
                "No past month could be tested yet: how far forecasts are off is not known."
            )
        if result.fallback_count:
            message += " " + _(
                "For %s of them a method gave no result; their forecasts say why.",
                self._grouped(result.fallback_count),
            )
        return message
