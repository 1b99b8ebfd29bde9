"""A partner as a client of the call center: who looks after it, its status, its sheet."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.compat import check_access
from ...tools.fetching import fetch_apart
from .ai_client import STATUSES

OPERATORS = "smart_recommender.group_call_operator"


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Portal users read partners: the groups keep these fields from them.
    ai_operator_id = fields.Many2one(
        "res.users",
        string="Operator in Charge",
        domain=[("share", "=", False)],
        index="btree_not_null",
        groups="base.group_user",
        help="Who in the call center looks after this client.",
    )
    ai_client_ids = fields.One2many(
        "ai.client", "partner_id", string="Client Figures", groups=OPERATORS
    )
    ai_client_status = fields.Selection(
        STATUSES,
        string="Client Status",
        compute="_compute_ai_client_status",
        search="_search_ai_client_status",
        groups=OPERATORS,
        help="Status of the commercial entity in the current company, computed every day.",
    )

    @api.model
    def _setup_complete(self):
        done = super()._setup_complete()
        fetch_apart(self)
        return done

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_ai_client_status(self):
        rows = self.env["ai.client"].sudo().search(
            [
                ("company_id", "=", self.env.company.id),
                ("partner_id", "in", self.commercial_partner_id.ids),
            ]
        )  # fmt: skip
        status = {row.partner_id.id: row.status for row in rows}
        for partner in self:
            partner.ai_client_status = status.get(partner.commercial_partner_id.id, False)

    @api.model
    def _search_ai_client_status(self, operator, value):
        """Partners by the status of their commercial entity; False finds those without one."""
        if operator not in ("=", "!=", "in", "not in"):
            raise UserError(_("The client status can be compared with = and ≠ only."))
        values = [value] if not value or isinstance(value, str) else list(value)
        own = [("company_id", "=", self.env.company.id)]
        path = "commercial_partner_id.ai_client_ids"
        found = [(path, "any", [*own, ("status", "in", [v for v in values if v])])]
        if not all(values):
            found = ["|", *found, (path, "not any", own)]
        return found if operator in ("=", "in") else ["!", *found]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_client_sheet(self):
        """The client sheet on the full screen. Operators only."""
        self.ensure_one()
        self.env["ai.client"]._check_operator()
        check_access(self, "read")
        action = self.env["ir.actions.client"]._for_xml_id("smart_recommender.client_sheet_action")
        return {**action, "context": {"active_id": self.id, "active_model": self._name}}

    def get_client_sheet(self):
        """What the sheet shows, as a JSON-ready dict; see ``ai.client.sheet``. Operators only."""
        self.ensure_one()
        return self.env["ai.client.sheet"]._read_sheet(self)

    def action_open_client_history(self):
        """All that was done for the client and its contacts. Supervisors only."""
        self.ensure_one()
        self.env["ai.client"]._check_history()
        check_access(self, "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_client_event_action"
        )
        entity = self.commercial_partner_id
        name = _("History of %s", entity.display_name)
        return {
            **action,
            "name": name,
            "display_name": name,
            "domain": [("partner_id", "=", entity.id)],
            "context": {},
        }

    def action_new_order(self):
        """A new quotation for the client, not saved yet, with suggestions ready. Operators only."""
        self.ensure_one()
        self.env["ai.client"]._check_operator()
        check_access(self, "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.sale_order_at_suggestions_action"
        )
        context = {
            "default_partner_id": self.id,
            "default_company_id": self.env.company.id,
            # The operator's own, whoever looks after the client: else it could not be written.
            "default_user_id": self.env.uid,
        }
        return {**action, "context": context}

    def action_suspend_client(self):
        """Ask a supervisor for the reason of a suspension."""
        self.ensure_one()
        self.env["ai.client"]._check_supervisor()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_recommender.ai_client_suspend_action"
        )
        return {**action, "context": {"default_partner_id": self.commercial_partner_id.id}}

    def action_resume_client(self):
        """End the suspension of the client in the current company. Supervisors only."""
        self.ensure_one()
        self.env["ai.client"]._resume(self.env.company, self)
        return True

    email_second = fields.Char(string="Second E-mail", groups="base.group_user")
    landmark = fields.Char(
        groups="base.group_user",
        help=(
            "What is near the address, for the driver: a mosque, a pharmacy, the colour of the "
            "shop."
        ),
    )
