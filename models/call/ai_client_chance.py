"""How likely a client answers at an hour, from the calls so far; see algorithms.call.answer_chance.

Outgoing calls of 365 days count: answered ones against those to which nobody answered, the line was
busy or a machine spoke. Wrong numbers say nothing of the client. Hours are the company's.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_call import REACHED

HISTORY = timedelta(days=365)
COUNTS = {"client": "i4", "hour": "i4", "weekday": "i4", "answered": "i4", "made": "i4"}


class AiClient(models.Model):
    _inherit = "ai.client"

    answer_chance = fields.Float(
        string="Answers Now",
        compute="_compute_answer_chance",
        digits=(16, 4),
        group_operator="avg",
        help="Chance that the client answers at this hour and weekday, from its own calls and "
        "those of all clients.",
    )

    def _compute_answer_chance(self):
        from ...algorithms.call.answer_chance import band_of

        for company in self.company_id:
            mine = self.filtered(lambda client: client.company_id == company)  # noqa: B023
            now = self.env["ai.sales.extract"]._local_now(company)
            chances = self._answer_chances(company).chance(
                mine.partner_id.ids, band_of(now.hour), now.weekday()
            )
            of_partner = dict(zip(mine.partner_id.ids, chances.tolist(), strict=True))
            for client in mine:
                client.answer_chance = of_partner[client.partner_id.id]

    @api.model
    def _answer_chances(self, company):
        """What a company's calls tell, as algorithms.call.answer_chance.AnswerChances."""
        from ...algorithms.call.answer_chance import band_of, learn

        self.env["ai.call"].flush_model()
        rows = binary_copy.read_rows(self.env.cr, self._answers_query(company), COUNTS)
        return learn(
            rows["client"], band_of(rows["hour"]), rows["weekday"], rows["answered"], rows["made"]
        )

    def _answers_query(self, company):
        """SQL: client, local hour, weekday (Monday is 0), calls answered, and calls made."""
        zone = self.env["ai.sales.extract"]._time_zone(company).zone
        return SQL(
            """
            SELECT client, date_part('hour', moment)::int4,
                   date_part('isodow', moment)::int4 - 1,
                   count(*) FILTER (WHERE is_answered)::int4, count(*)::int4
              FROM (
                SELECT commercial_partner_id AS client, result IN %(reached)s AS is_answered,
                       start AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s AS moment
                  FROM ai_call
                 WHERE company_id = %(company)s
                   AND direction = 'out'
                   AND result <> 'wrong_number'
                   AND commercial_partner_id IS NOT NULL
                   AND start >= %(since)s
                   ) AS call
          GROUP BY 1, 2, 3
            """,
            reached=REACHED,
            zone=zone,
            company=company.id,
            since=fields.Datetime.now() - HISTORY,
        )
