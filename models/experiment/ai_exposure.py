"""Which quotations showed suggestions, or would have: the ground that results are counted on.

One row for each quotation, written when it first has suggestions to show and never changed, so that
its arm is frozen: a client that changes its commercial entity, or another client on the order, does
not move it. In the control arm suggestions are computed and logged just the same, and hidden after.
Both arms therefore hold only quotations that *would* have shown something.

A table of its own, for a copy of an order has an exposure of its own, portal users have nothing to
read here, and reading a quotation does not write the order itself.
"""

from odoo import api, fields, models
from odoo.tools import SQL

ARMS = [("shown", "Suggestions"), ("control", "Control")]
# Revenue of a quotation counts for so long; see algorithms.experiment.
OUTCOME_DAYS = 30


class AiExposure(models.Model):
    _name = "ai.exposure"
    _description = "Quotation With Suggestions"
    _inherit = ["ai.company.row"]
    _order = "exposed_at desc, id desc"
    _log_access = False

    order_id = fields.Many2one(
        "sale.order", string="Quotation", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The commercial entity when the quotation first had suggestions.",
    )
    experiment_id = fields.Many2one(
        "ai.experiment", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    arm = fields.Selection(ARMS, required=True, readonly=True)
    unit = fields.Char(
        required=True,
        readonly=True,
        help="What was drawn by lot: the client or, of a walk-in client, the quotation.",
    )
    exposed_at = fields.Datetime(string="First Suggestions", required=True, readonly=True)
    suggestion_count = fields.Integer(
        string="Number of Suggestions", readonly=True, group_operator="avg"
    )
    kinds = fields.Json(readonly=True, help="The kind of each suggestion, best first.")

    _sql_constraints = [("order_unique", "UNIQUE(order_id)", "A quotation is in one arm.")]

    @api.depends("order_id")
    def _compute_display_name(self):
        for exposure in self:
            exposure.display_name = exposure.order_id.display_name

    # ------------------------------------------------------------------
    # Arms
    # ------------------------------------------------------------------

    @api.model
    def _hiding_experiment(self, order, items):
        """The experiment for which a quotation hides its suggestions, none where it shows them.

        Logs the quotation where it has not been. order : sale.order that takes products, saved or
        not; items : those that it would show, at least one.
        Returns ai.experiment (sudo), or None where it is not known yet: by lot of quotations, one
        that is not saved, or without a client, has none.
        """
        experiments = self.env["ai.experiment"].sudo()
        frozen = self._frozen(order)
        if frozen:
            arm, experiment_id, holds = frozen
            return experiments.browse(experiment_id if arm == "control" and holds else None)
        experiment = experiments._running(order.company_id)
        unit = experiment._unit_of(order) if experiment else self._client_unit(order)
        arm = experiment._arm_of(unit) if experiment and unit else "shown"
        if order._origin and unit:
            self._log(order, experiment, arm, unit, items)
        if experiment and not unit:
            return None
        return experiment if arm == "control" else experiments

    @api.model
    def _entity_of(self, order):
        """The commercial entity of an order, saved or not."""
        return (order.partner_id._origin or order.partner_id).commercial_partner_id

    @api.model
    def _client_unit(self, order):
        entity = self._entity_of(order)
        return f"client:{entity.id}" if entity.id else ""

    @api.model
    def _frozen(self, order):
        """(arm, id of the experiment, whether it is still to be kept to) of a logged quotation.

        A control quotation hides its suggestions until its revenue has been counted.
        """
        if not order._origin:
            return None
        self.env.cr.execute(
            SQL(
                """
                SELECT exposure.arm, exposure.experiment_id,
                       experiment.state = 'running'
                       OR exposure.exposed_at > %(now)s - %(days)s * interval '1 day'
                  FROM ai_exposure exposure
             LEFT JOIN ai_experiment experiment ON experiment.id = exposure.experiment_id
                 WHERE exposure.order_id = %(order)s
                """,
                now=fields.Datetime.now(),
                days=OUTCOME_DAYS,
                order=order._origin.id,
            )
        )
        return self.env.cr.fetchone()

    @api.model
    def _log(self, order, experiment, arm, unit, items):
        """Freeze the arm of a quotation. Of two sessions that open it at once one is enough."""
        entity = self._entity_of(order)
        kinds = [item["kind"] for item in items]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ai_exposure (company_id, order_id, partner_id, experiment_id, arm, unit,
                                         exposed_at, suggestion_count, kinds)
                     VALUES (%(company)s, %(order)s, %(partner)s, %(experiment)s, %(arm)s, %(unit)s,
                             %(now)s, %(count)s, to_jsonb(%(kinds)s::text[]))
                ON CONFLICT (order_id) DO NOTHING
                """,
                company=order.company_id.id,
                order=order._origin.id,
                partner=entity.id or None,
                experiment=experiment.id or None,
                arm=arm,
                unit=unit,
                now=fields.Datetime.now(),
                count=len(kinds),
                kinds=kinds,
            )
        )
