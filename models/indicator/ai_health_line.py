from odoo import fields, models

from .ai_health_page import STATUS_WORDS


class AiHealthLine(models.TransientModel):
    _name = "ai.health.line"
    _description = "Check of the Health"
    _order = "id"

    page_id = fields.Many2one("ai.health.page", required=True, ondelete="cascade")
    area = fields.Char(readonly=True)
    name = fields.Char(string="Check", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    status = fields.Selection(STATUS_WORDS, readonly=True)
    text = fields.Text(string="Details", readonly=True)
