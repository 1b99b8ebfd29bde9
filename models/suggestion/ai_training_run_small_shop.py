"""Few rules: which limits left how many pairs of products out, and the settings of a small shop.

The usual limits keep what chance may explain away from salespeople. A shop with a few dozen orders
then sees nothing. It may choose weaker limits in one click; what it sees is marked as weak evidence
(:mod:`.ai_recommendation_rule_evidence`).
"""

import logging
from dataclasses import asdict

from odoo import _, api, fields, models

from ...tools.compat import check_access

_logger = logging.getLogger(__name__)

# Below so many rules a run says what was left out; up to so many orders a shop is small.
FEW_RULES, SMALL_SHOP_ORDERS = 10, 300
SMALL_SHOP = {"ai_min_orders": 2, "ai_min_support": 0.0, "ai_max_false_rate": 1.0}


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    is_small_shop = fields.Boolean(compute="_compute_small_shop")
    is_small_shop_offered = fields.Boolean(compute="_compute_small_shop")

    @api.depends("state", "kind", "order_count")
    def _compute_small_shop(self):
        for run in self:
            company = run.company_id
            is_rules = run.kind == "rules" and run.state == "done"
            run.is_small_shop = is_rules and all(
                company[name] == value for name, value in SMALL_SHOP.items()
            )
            run.is_small_shop_offered = (
                is_rules
                and not run.is_small_shop
                and run.order_count <= SMALL_SHOP_ORDERS
                and run._result().rule_count < FEW_RULES
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_use_small_shop_settings(self):
        """Lower the limits of the run's company to those of a small shop, and learn again.

        Managers only. Returns the client action that says so.
        """
        return self._train_with(SMALL_SHOP)

    def action_use_usual_settings(self):
        """Take the settings of a small shop back, and learn the rules again. Managers only."""
        companies = self.env["res.company"]
        return self._train_with(companies.default_get(list(SMALL_SHOP)))

    def _train_with(self, settings):
        self.ensure_one()
        self.env["ai.training"]._check_manager()
        check_access(self, "read")
        self.company_id.sudo().write(settings)
        trainings = self.env["ai.training"].with_company(self.company_id)
        return trainings._ask_for(["rules"], follow=True)

    # ------------------------------------------------------------------
    # What was left out
    # ------------------------------------------------------------------

    def _count_pairs_left_out(self, bought, thresholds):
        """Keep which limits left how many pairs out, where few rules are found."""
        from ...algorithms.core import exceptions
        from ...algorithms.suggestion import association_rules

        if self._result().rule_count >= FEW_RULES:
            return
        try:
            limits = association_rules.pair_limits(bought, thresholds)
        except exceptions.TooManyItemsetsError as error:
            _logger.info("%s: pairs left out are not counted: %s", self.name, error)
            return
        self.metrics = {**self.metrics, "pair_limits": asdict(limits)}

    def _limits_message(self):
        """Which limits left how many pairs of products out; empty where that was not counted."""
        self.ensure_one()
        limits = (self.metrics or {}).get("pair_limits")
        if limits is None:
            return ""
        if not limits["together"]:
            return _("No order of the history window holds two products.")
        counts = [
            (limits["few_orders"], self._few_orders_reason()),
            (limits["not_confident"], self._limit_reason("ai_min_confidence")),
            (limits["not_lifted"], self._limit_reason("ai_min_lift")),
            (limits["by_chance"], _("that chance may explain")),
        ]
        left_out = [self._left_out(count, reason) for count, reason in counts if count]
        message = _("Pairs of products bought together: %s.", limits["together"])
        if left_out:
            message += " " + _("Left out: %s.", "; ".join(left_out))
        if not self._result().rule_count:
            message += " " + _("Expert Settings can lower these limits.")
        return message

    @api.model
    def _left_out(self, count, reason):
        return _("%(count)s %(reason)s", count=count, reason=reason)

    def _few_orders_reason(self):
        return _("in fewer than %s orders", self.metrics["least_orders_per_rule"])

    def _limit_reason(self, name):
        """A setting that pairs do not reach, with its value in this run."""
        company = self.company_id
        return _(
            "below the %(setting)s of %(value)s",
            setting=company._ai_setting_label(name),
            value=company._ai_setting_number(name, self.parameters[name.removeprefix("ai_")]),
        )
