"""Training for replenishment: how much each warehouse sells of each product, and how surely.

    first turn    demand of all rows (:mod:`.ai_stock_demand`), then the plan of today
    other turns   the replay of the last year under both reorder points, some products at a time

The replay: what would have been served, with how much stock, had each morning's orders followed
lead time and safety days, or the service level (``algorithms.replenishment.policy_comparison``)?
Products of different units are weighed by what a unit costs.
"""

from datetime import timedelta
from itertools import islice

from odoo import _, fields, models
from odoo.tools import SQL, format_amount, formatLang, split_every

from ...tools.turn import Turn
from ..core.ai_training_run import SEED, TURN_SECONDS
from .ai_stock_demand import SHARE_DAYS

REACH_BACK_DAYS = 90

REPLAY_DAYS = 365
# Reading a portion costs almost the same whatever its size; 2,000 products are 100 MB.
PORTION = 2000
POLICIES = ("days", "service")
# Columns of the plan that are a Supply, in its order.
SUPPLY = ("lead_time", "lead_spread", "minimum", "multiple")
SUMS = ("demanded", "served", "stock", "orders", "days_short", "days")


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    replay_ids = fields.One2many("ai.policy.replay", "run_id", readonly=True)
    replay_text = fields.Text(compute="_compute_replay_text")

    def _compute_replay_text(self):
        for run in self:
            texts = (run._explain_replay(), run._explain_leads())
            run.replay_text = " ".join(text for text in texts if text)

    def _replay_portions(self, turn):
        """Replay until the turn is used up. Returns whether all products are done.

        turn : Turn; learning is part of the first one.
        """
        from ...algorithms.core import parallel

        stock = self.env["ai.stock.extract"]
        kits, receipts = stock._kits(self.company_id), stock._receipts(self.company_id)
        ahead = self._replay_products()
        portions = split_every(PORTION, ahead, list)
        while some := list(islice(portions, parallel.at_once())):
            self._replay_some(some, kits, receipts)
            last = some[-1][-1]
            left = sum(product > last for product in ahead)
            share = 1 - left / max(self.product_count, len(ahead))
            self.write({"cursor": last, "done_share": share})
            # At least one portion a turn, or learning alone would use up every one.
            if turn.is_over(TURN_SECONDS):
                return False
        self._store_replay()
        return True

    def _replay_products(self):
        """Products that were ever sold and come after the cursor, ascending."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT DISTINCT product_id FROM ai_replenishment"
                " WHERE company_id = %s AND demand_state <> 'never' AND product_id > %s"
                " ORDER BY product_id",
                self.company_id.id,
                self.cursor,
            )
        )
        return [product for (product,) in self.env.cr.fetchall()]

    def _replay_some(self, portions, kits, receipts):
        """Replay portions of products, side by side where there is an engine for it."""
        from ...algorithms.core import parallel
        from ...algorithms.replenishment.policy_comparison import compare_each

        found = [each for portion in portions for each in self._to_replay(portion, kits, receipts)]
        made = parallel.each(compare_each, ((tasks,) for _plan, tasks in found))
        for (plan, _tasks), (stock, *leads) in zip(found, made, strict=True):
            self.env["ai.replenishment"]._store_replay(
                plan["id"], stock.by_days.fill_rate, stock.by_service.fill_rate
            )
            self._add_replay(stock, plan["unit_cost"])
            self._add_leads(leads, plan)

    def _to_replay(self, product_ids, kits, receipts):
        """[(plan of some products in a warehouse, tasks of ``compare_policies``)]: the first task
        is that of both reorder points, further ones those of ``_lead_tasks``."""
        import numpy as np

        from ...algorithms.core.lookup import places
        from ...algorithms.replenishment.policy_comparison import Supply

        found = []
        company, since = self.company_id, self.date_to - timedelta(days=REPLAY_DAYS - 1)
        demand = self.env["ai.stock.demand"]
        history = demand._stock_history(company, product_ids, kits, since, self.date_to)
        plan = self.env["ai.replenishment.planner"]._plan(company, product_ids)
        for warehouse in demand._warehouses(company):
            here = np.flatnonzero(plan["warehouse_id"] == warehouse.id)
            panel, _found = demand._warehouse_panel(warehouse, product_ids, history)
            panel = panel.take(places(panel.product_ids, plan["product_id"][here]))
            if not len(panel):
                continue
            own = {name: plan[name][here] for name in plan}
            task = (
                panel,
                Supply(*(own[name] for name in SUPPLY)),
                self._policy_settings(),
                np.random.default_rng(SEED),
            )
            found.append((own, [task, *self._lead_tasks(panel, own, receipts)]))
        return found

    def _policy_settings(self):
        from ...algorithms.replenishment.policy_comparison import PolicySettings

        company = self.company_id
        return PolicySettings(
            safety_days=company.ai_safety_days,
            service_level=company.ai_service_level,
            default_lead_time=company.ai_default_lead_time,
            cycle_days=company.ai_cycle_days,
        )

    def _add_replay(self, made, cost):
        """Add a portion's sums to the run's; shares do not add up."""
        import numpy as np

        metrics = dict(self.metrics or {})
        for policy, replay in zip(POLICIES, (made.by_days, made.by_service), strict=True):
            counted = replay.days > 0
            weight = np.where(counted, cost, 0.0)
            sums = {
                "demanded": (replay.demanded * weight).sum(),
                "served": (replay.served * weight).sum(),
                "stock": np.nansum(replay.mean_stock * weight),
                "orders": replay.orders[counted].sum(),
                "days_short": replay.days_short[counted].sum(),
                "days": replay.days[counted].sum(),
            }
            for name in SUMS:
                key = f"{policy}_{name}"
                metrics[key] = metrics.get(key, 0) + float(sums[name])
        self.metrics = metrics

    def _store_replay(self):
        self._store_leads()
        metrics = self.metrics or {}
        if not metrics.get("days_days"):
            return
        self.env["ai.policy.replay"].create(
            [
                {
                    "run_id": self.id,
                    "policy": policy,
                    **self._replay_figures({s: metrics[f"{policy}_{s}"] for s in SUMS}),
                }
                for policy in POLICIES
            ]
        )

    @staticmethod
    def _replay_figures(sums):
        return {
            "fill_rate": sums["served"] / sums["demanded"] if sums["demanded"] else 0.0,
            "mean_stock_value": sums["stock"],
            "order_count": round(sums["orders"]),
            "short_share": sums["days_short"] / sums["days"],
        }

    def _explain_replay(self):
        """Both reorder points in a sentence or two, empty where nothing was replayed."""
        self.ensure_one()
        found = {replay.policy: replay for replay in self.replay_ids}
        if set(found) != set(POLICIES):
            return ""
        days, service = (found[policy] for policy in POLICIES)
        parameters = self.parameters or {}

        def amount(replay):
            currency = self.company_id.currency_id
            return format_amount(self.env, round(replay.mean_stock_value), currency)

        def percent(share, digits=1):
            return formatLang(self.env, 100 * share, digits=digits)

        return _(
            "On the demand of the last year, lead time and %(safety)s safety days would have "
            "served %(days_rate)s%% of the demand with %(days_stock)s in stock and %(days_orders)s "
            "orders; a service level of %(level)s%% would have served %(service_rate)s%% with "
            "%(service_stock)s and %(service_orders)s orders.",
            safety=formatLang(self.env, parameters.get("safety_days", 0), digits=0),
            level=percent(parameters.get("service_level", 0), 0),
            days_rate=percent(days.fill_rate),
            days_stock=amount(days),
            days_orders=formatLang(self.env, days.order_count, digits=0),
            service_rate=percent(service.fill_rate),
            service_stock=amount(service),
            service_orders=formatLang(self.env, service.order_count, digits=0),
        )

    kind = fields.Selection(
        selection_add=[("replenishment", "Replenishment")], ondelete={"replenishment": "cascade"}
    )
    replenishment_result_ids = fields.One2many(
        "ai.training.result.replenishment", "run_id", readonly=True
    )

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_replenishment(self):
        """One turn. Returns whether the run has ended."""
        turn = Turn()
        if not self.cursor:
            self._learn_stock_demand()
        return self._replay_portions(turn)

    def _learn_stock_demand(self):
        """Learn the demand of every row, and plan."""
        company = self.company_id
        extract = self.env["ai.sales.extract"]
        today = extract._local_now(company).date()
        # What was out of stock for long is known from the days before.
        reach = max(company.ai_demand_days, SHARE_DAYS) + REACH_BACK_DAYS
        self.write(
            {
                "date_from": today - timedelta(days=reach),
                "date_to": today - timedelta(days=1),
                "parameters": self._stock_settings(),
                "metrics": {},
            }
        )
        rows = self.env["ai.replenishment"]
        window = (self.date_from, self.date_to)
        table = self.env["ai.stock.demand"]._demand_table(company, *window)
        if table is None:
            rows.search([("company_id", "=", company.id)]).unlink()
            return
        rows._store_demand(self, table)
        rows._refresh(company)
        in_company = [("company_id", "=", company.id)]
        self.product_count = len(set(table["product_id"].tolist()))
        self._keep_result(
            row_count=len(table["product_id"]),
            order_now_count=rows.search_count([*in_company, ("action", "=", "order_now")]),
        )

    def _stock_settings(self):
        company = self.company_id
        names = (
            "ai_rop_method",
            "ai_default_lead_time",
            "ai_safety_days",
            "ai_service_level",
            "ai_demand_days",
            "ai_available_stock",
            "ai_use_receipts",
            "ai_proven_receipts",
            "ai_cycle_days",
        )
        return {name.removeprefix("ai_"): company[name] for name in names}

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _no_stock_message(self):
        return _(
            "%(company)s keeps nothing in stock that could be planned: it needs a warehouse and "
            "active storable products that Settings › AI Recommender does not exclude.",
            company=self.company_id.name,
        )

    def _advice_replenishment(self):
        return _(
            "Shorten the demand window in Settings › AI Recommender, archive products that are no "
            "longer kept, or raise limit_time_cpu and limit_memory_hard of the server."
        )

    def _message_replenishment(self):
        # A company of services is no failure.
        result = self._result()
        if not result.row_count:
            return self._no_stock_message()
        return _(
            "%(rows)s products and warehouses planned, %(orders)s of them to order, in %(seconds)s "
            "s.",
            rows=self._grouped(result.row_count),
            orders=self._grouped(result.order_now_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )
