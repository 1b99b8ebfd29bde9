"""How long somebody has been a client, and when there was the last contact of any kind.

Calls, mails and call-backs belong to another subject, which extends the hooks of
:mod:`.ai_client_figures`. Without it the last contact is the last order.
"""

from odoo import fields, models


class AiClient(models.Model):
    _inherit = "ai.client"

    client_since = fields.Date(
        readonly=True, index=True, help="First order, or start of the first contract."
    )
    last_contact_date = fields.Datetime(
        string="Last Contact",
        readonly=True,
        index=True,
        help="Last call, call-back, mail or order, whichever was latest.",
    )
