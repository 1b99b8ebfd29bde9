"""What CRM said of an opportunity when it was young: its own score is judged by that.

CRM overwrites its score when an opportunity is won or lost, and the stage tells it the end. So the
score is noted once, by the first training that finds the opportunity seven days old, and compared
with what became of it within 90 days. CRM's scoring itself is left as it is.
"""

from odoo import api, fields, models
from odoo.tools import SQL

AGE, LATEST = 7, 14
HORIZON = 90


class AiLeadNote(models.Model):
    _name = "ai.lead.note"
    _description = "CRM's Score of an Opportunity, Noted"
    _inherit = ["ai.company.row"]
    _log_access = False

    lead_id = fields.Many2one(
        "crm.lead", string="Opportunity", required=True, readonly=True, ondelete="cascade"
    )
    noted_on = fields.Date(required=True, readonly=True)
    chance = fields.Float(readonly=True, help="What CRM said then.")

    _sql_constraints = [("lead_unique", "UNIQUE(lead_id)", "An opportunity is noted once.")]

    @api.model
    def _note(self, company):
        """Note the scores of a company's opportunities that are 7 to 14 days old."""
        self.env.flush_all()
        extract = self.env["ai.treasury.extract"]
        today = extract._today(company)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ai_lead_note (company_id, lead_id, noted_on, chance)
                SELECT %(company)s, lead.id, %(today)s, lead.automated_probability / 100
                  FROM crm_lead lead
                  JOIN crm_stage stage ON stage.id = lead.stage_id
                  %(owner)s
                 WHERE lead.type = 'opportunity'
                   AND lead.active
                   AND stage.is_won IS NOT TRUE
                   AND lead.automated_probability IS NOT NULL
                   AND %(created)s BETWEEN %(first)s AND %(last)s
                   AND %(is_own)s
           ON CONFLICT (lead_id) DO NOTHING
                """,
                company=company.id,
                today=extract._date(today),
                created=extract._day_sql(company, SQL("lead.create_date")),
                first=today - LATEST,
                last=today - AGE,
                **self._ownership(company),
            )
        )
        self.invalidate_model()

    @api.model
    def _ownership(self, company):
        """{"owner": SQL join, "is_own": SQL condition}: opportunities without a company are that of
        their team's or salesperson's."""
        return {
            "owner": SQL(
                """LEFT JOIN crm_team team ON team.id = lead.team_id
                   LEFT JOIN res_users salesperson ON salesperson.id = lead.user_id"""
            ),
            "is_own": SQL(
                "COALESCE(lead.company_id, team.company_id, salesperson.company_id) = %s",
                company.id,
            ),
        }

    @api.model
    def _judged(self, company):
        """[(what CRM said, whether it was won within 90 days)] of notes that are 90 days old."""
        self.env.flush_all()
        extract = self.env["ai.treasury.extract"]
        self.env.cr.execute(
            SQL(
                """
                SELECT note.chance, COALESCE(
                           lead.active AND stage.is_won
                           AND lead.date_closed::date <= note.noted_on + %(horizon)s, FALSE)
                  FROM ai_lead_note note
                  JOIN crm_lead lead ON lead.id = note.lead_id
             LEFT JOIN crm_stage stage ON stage.id = lead.stage_id
                 WHERE note.company_id = %(company)s
                   AND note.noted_on <= %(last)s
              ORDER BY note.noted_on, note.id
                """,
                company=company.id,
                horizon=HORIZON,
                last=extract._date(extract._today(company) - HORIZON),
            )
        )
        return self.env.cr.fetchall()
