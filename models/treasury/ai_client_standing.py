"""Clients who may be leaving, among the figures of clients: lists are filtered and grouped by it,
a good client in doubt is called, and what a client is likely to buy puts it in the order of calls.
"""

from odoo import _, api, fields, models
from odoo.tools import SQL, formatLang

from ..client.ai_client_reasons import CallReason
from .ai_client_value import STANDINGS


class AiClient(models.Model):
    _inherit = "ai.client"

    standing = fields.Selection(
        STANDINGS,
        string="Still a Client",
        readonly=True,
        index="btree_not_null",
        help="By how often it bought and how long it has been silent. Empty of who bought once, "
        "and where purchases a day foresee as well.",
    )
    alive_chance = fields.Float(
        readonly=True,
        digits=(16, 4),
        group_operator="avg",
        help="Chance that it is still a client.",
    )
    value_ahead = fields.Monetary(
        string="Value of a Year",
        readonly=True,
        groups="smart_recommender.group_call_supervisor",
        help="Expected untaxed sales of the next 365 days.",
    )
    margin_ahead = fields.Monetary(
        string="Margin of a Month",
        readonly=True,
        groups="smart_recommender.group_call_supervisor",
        help="Expected within the next 30 days.",
    )

    @api.model
    def _call_reasons(self):
        """Gold and silver clients of whom nobody knows whether they are still clients; those who
        have long not ordered are a reason of their own."""
        return [
            *super()._call_reasons(),
            CallReason(
                "leaving",
                [
                    ("standing", "=", "unsure"),
                    ("tier", "in", ("gold", "silver")),
                    ("status", "!=", "dormant"),
                ],
                self._leaving_words,
            ),
        ]

    @api.model
    def _leaving_words(self, client):
        return _(
            "may be leaving: still a client with %s%%",
            formatLang(self.env, 100 * client.alive_chance, digits=0),
        )

    def _call_margins(self):
        """Of clients without a product due, what they are likely to buy within a month."""
        return [
            due or client.margin_ahead
            for due, client in zip(super()._call_margins(), self, strict=True)
        ]

    @api.model
    def _refresh_together(self, company):
        self._note_values(company)
        return super()._refresh_together(company)

    @api.model
    def _note_values(self, company):
        """Keep what the last training says of a company's clients."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE ai_client client
                   SET (standing, alive_chance, value_ahead, margin_ahead) = (
                       worth.standing, COALESCE(worth.alive, 0), COALESCE(worth.value, 0),
                       COALESCE(worth.margin, 0))
                  FROM ai_client own
             LEFT JOIN ai_client_value worth
                    ON worth.company_id = own.company_id AND worth.partner_id = own.partner_id
                 WHERE own.id = client.id
                   AND client.company_id = %s
                   AND (client.standing, client.alive_chance, client.value_ahead,
                        client.margin_ahead) IS DISTINCT FROM
                       (worth.standing, COALESCE(worth.alive, 0), COALESCE(worth.value, 0),
                        COALESCE(worth.margin, 0))
                """,
                company.id,
            )
        )
        self.env.invalidate_all()
