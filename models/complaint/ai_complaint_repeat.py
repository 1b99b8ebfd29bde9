"""Complaints that repeat: how many of the same client, or of the same product, in 90 days."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.searching import asks_for_yes

RECENT = timedelta(days=90)
# The first may be bad luck, and so may the second.
MANY = 3


class AiComplaint(models.Model):
    _inherit = "ai.complaint"

    client_repeat = fields.Integer(
        string="Of the Client in 90 Days",
        compute="_compute_repeats",
        help="Complaints of the client in the 90 days up to this one, this one included.",
    )
    product_repeat = fields.Integer(
        string="Of the Product in 90 Days",
        compute="_compute_repeats",
        help="Complaints about the product in the 90 days up to this one, this one included.",
    )
    is_repeated = fields.Boolean(
        string="Repeated",
        compute="_compute_repeats",
        search="_search_is_repeated",
        help="The third one of the client or of the product in 90 days, or a later one.",
    )

    @api.depends("commercial_partner_id", "product_id", "company_id")
    def _compute_repeats(self):
        counts = {}
        saved = self.filtered("id")
        if saved:
            self.flush_model()
            self.env.cr.execute(
                SQL("%s WHERE complaint.id IN %s", self._repeats_query(), tuple(saved.ids))
            )
            counts = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        for complaint in self:
            of_client, of_product = counts.get(complaint.id, (0, 0))
            complaint.client_repeat = of_client
            complaint.product_repeat = of_product
            complaint.is_repeated = max(of_client, of_product) >= MANY

    @api.model
    def _search_is_repeated(self, operator, value):
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM (%s) repeats WHERE of_client >= %s OR of_product >= %s",
                self._repeats_query(),
                MANY,
                MANY,
            )
        )
        found = [row[0] for row in self.env.cr.fetchall()]
        return [("id", "in" if asks_for_yes(operator, value) else "not in", found)]

    @api.model
    def _repeats_query(self):
        """SQL: id, of_client and of_product of each complaint, to which a WHERE may be added."""
        same = SQL(
            """
            SELECT count(*) FROM ai_complaint other
             WHERE other.company_id = complaint.company_id
               AND other.create_date <= complaint.create_date
               AND other.create_date > complaint.create_date - make_interval(days => %s)
            """,
            RECENT.days,
        )
        return SQL(
            """
            SELECT complaint.id,
                   (%(same)s AND other.commercial_partner_id = complaint.commercial_partner_id)
                   AS of_client,
                   (%(same)s AND other.product_id = complaint.product_id) AS of_product
              FROM ai_complaint complaint
            """,
            same=same,
        )
