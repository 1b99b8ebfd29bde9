"""Coupons for clients, chosen or in a list that is pasted, with a preview of what is made.

A line of the list is a reference, an e-mail address or a name of a client. What it names is found
in a few statements, however long the list is.
"""

from odoo import Command, _, api, fields, models
from odoo.exceptions import UserError

from ...models.coupon.ai_coupon import MANAGER
from ...tools.rights import check_group

# Lines for which names are looked up at once.
CHUNK = 200
SHOWN = 5


class AiCouponGenerate(models.TransientModel):
    _name = "ai.coupon.generate"
    _description = "Generation of Coupons"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_ids = fields.Many2many("res.partner", string="Clients")
    client_list = fields.Text(
        string="Or a List",
        help="One client a line: its reference, e-mail address or name.",
    )
    number = fields.Integer(string="Coupons a Client", required=True, default=1)
    amount = fields.Monetary(string="Amount of a Coupon", required=True)
    reason = fields.Char(required=True)
    expiry_date = fields.Date(
        string="Last Day",
        required=True,
        default=lambda self: self.env["ai.coupon.batch"]._default_expiry(self.env.company),
    )
    client_count = fields.Integer(string="Number of Clients", compute="_compute_preview")
    coupon_count = fields.Integer(string="Coupons in All", compute="_compute_preview")
    total = fields.Monetary(compute="_compute_preview")
    faults = fields.Text(string="Not Clear", compute="_compute_preview")
    notes = fields.Text(string="Worth Knowing", compute="_compute_preview")

    @api.model
    def default_get(self, names):
        """Clients that are selected in a list are those of the coupons."""
        values = super().default_get(names)
        ids = self.env.context.get("active_ids") or []
        model = self.env.context.get("active_model")
        if model == "res.partner":
            values["partner_ids"] = [Command.set(ids)]
        elif model == "ai.client":
            partners = self.env["ai.client"].browse(ids).partner_id
            values["partner_ids"] = [Command.set(partners.ids)]
        return values

    @api.depends("partner_ids", "client_list", "number", "amount", "company_id")
    def _compute_preview(self):
        for wizard in self:
            clients, faults, notes = wizard._clients()
            wizard.client_count = len(clients)
            wizard.coupon_count = len(clients) * max(wizard.number, 0)
            wizard.total = wizard.coupon_count * wizard.amount
            wizard.faults = "\n".join(faults)
            wizard.notes = "\n".join(notes)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_generate(self):
        """Make the coupons and open their batch. Managers only."""
        self.ensure_one()
        check_group(
            self.env,
            MANAGER,
            _("Only managers of the call center generate coupons. Ask one of them."),
        )
        if self.company_id not in self.env.companies:
            raise UserError(_("Change to %s first.", self.company_id.display_name))
        clients, faults, _notes = self._clients()
        if faults:
            raise UserError("\n".join([_("It is not clear who gets coupons."), *faults]))
        batch = self.env["ai.coupon.batch"]._generate(
            self.company_id, clients, self.number, self.amount, self.reason, self.expiry_date
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "ai.coupon.batch",
            "res_id": batch.id,
            "views": [[False, "form"]],
            "target": "current",
        }

    # ------------------------------------------------------------------
    # Who gets them
    # ------------------------------------------------------------------

    def _clients(self):
        """(commercial entities, what is not clear, what is worth knowing), the last two in words.

        Contacts of one house get its coupons once.
        """
        self.ensure_one()
        named, faults = self._named()
        chosen = self.partner_ids._origin | named
        clients = chosen.commercial_partner_id
        archived = clients.filtered(lambda client: not client.active)
        for client in archived:
            faults.append(
                _("%s is archived: restore the contact, or leave it out.", client.display_name)
            )
        notes = []
        if len(clients) < len(chosen):
            notes.append(_("Contacts of one client count once."))
        unmailed = (clients - archived).filtered(lambda client: not client.email)
        if unmailed:
            notes.append(
                _(
                    "%(count)s without an e-mail address, such as %(client)s: print theirs.",
                    count=len(unmailed),
                    client=unmailed[0].display_name,
                )
            )
        return clients, faults, notes

    def _named(self):
        """(clients that the list names, what is not clear of it in words)."""
        texts = (line.strip() for line in (self.client_list or "").splitlines())
        lines = list({line.casefold(): line for line in texts if line}.values())
        found, faults = self._found(lines), []
        for line, entities in found.items():
            if not entities:
                faults.append(_("No client: %s", line))
            elif len(entities) > 1:
                faults.append(
                    _(
                        "%(line)s: several clients, such as %(one)s and %(other)s. Give a "
                        "reference.",
                        line=line,
                        one=entities[0].display_name,
                        other=entities[1].display_name,
                    )
                )
        if len(faults) > SHOWN:
            faults = [*faults[:SHOWN], _("and %s more", len(faults) - SHOWN)]
        clients = self.env["res.partner"].union(
            *(entities for entities in found.values() if len(entities) == 1)
        )
        return clients, faults

    def _found(self, lines):
        """{line: commercial entities that it names}."""
        partners = self.env["res.partner"]
        found = dict.fromkeys(lines, partners)
        for name, operator in (("ref", "="), ("email", "=ilike"), ("name", "=ilike")):
            missing = [line for line in lines if not found[line]]
            for start in range(0, len(missing), CHUNK):
                chunk = missing[start : start + CHUNK]
                by_value = {line.casefold(): line for line in chunk}
                asked = [(name, operator, _escaped(line, operator)) for line in chunk]
                matches = partners.search(
                    [
                        ("company_id", "in", (False, self.company_id.id)),
                        *["|"] * (len(asked) - 1),
                        *asked,
                    ]
                )
                for partner in matches:
                    line = by_value.get((partner[name] or "").strip().casefold())
                    if line:
                        found[line] |= partner.commercial_partner_id
        return found


def _escaped(line, operator):
    """A text for a search that takes % and _ for others."""
    if operator == "=":
        return line
    return line.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
