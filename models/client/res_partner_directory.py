"""What the directory searches by: a number as it is read out, and who is a colleague."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.searching import asks_for_yes, values_of
from .res_partner_phone import FURTHER, NUMBER_FIELDS

NOBODY = [(0, "=", 1)]
# Fewer digits are in nearly every number.
SHORTEST_PART = 4


class ResPartner(models.Model):
    _inherit = "res.partner"

    phone_typed = fields.Char(
        string="Number",
        compute="_compute_phone_typed",
        search="_search_phone_typed",
        groups="base.group_user",
        help="Finds a client by a number in any notation, or by a part of one.",
    )
    ai_is_employee = fields.Boolean(
        string="Colleague",
        compute="_compute_ai_is_employee",
        search="_search_ai_is_employee",
        groups="base.group_user",
        help="The contact of a user who works here, or one that is marked as an employee.",
    )

    has_any_number = fields.Boolean(
        string="Has a Number",
        compute="_compute_has_any_number",
        search="_search_has_any_number",
        groups="base.group_user",
    )

    @api.depends(*NUMBER_FIELDS)
    def _compute_has_any_number(self):
        for partner in self:
            partner.has_any_number = bool(partner._first_number())

    @api.model
    def _search_has_any_number(self, operator, value):
        having = [(name, "not in", (False, "")) for name in NUMBER_FIELDS]
        found = ["|"] * (len(having) - 1) + having
        return found if asks_for_yes(operator, value) else ["!", *found]

    @api.depends(*NUMBER_FIELDS)
    def _compute_phone_typed(self):
        for partner in self:
            partner.phone_typed = partner._first_number()

    @api.model
    def _search_phone_typed(self, operator, value):
        """Partners by a whole number in any notation, else by its digits."""
        if operator not in ("=", "in", "ilike"):
            raise UserError(_("Numbers can be searched by = and contains only."))
        domains = [self._phone_typed_domain(str(text or "").strip()) for text in values_of(value)]
        return ["|"] * (len(domains) - 1) + sum(domains, []) if domains else NOBODY

    @api.model
    def _phone_typed_domain(self, text):
        columns = [*NUMBER_FIELDS.values(), FURTHER]
        # A name may have digits in it, and is no number.
        if not text or any(map(str.isalpha, text)):
            return NOBODY
        numbers = self._call_numbers(text)
        if numbers:
            # The search for a caller applies the rights, and knows further numbers.
            return [("id", "in", self._search_numbers(numbers).ids)]
        digits = "".join(filter(str.isdigit, text)).lstrip("0")
        if len(digits) < SHORTEST_PART:
            return NOBODY
        return ["|"] * (len(columns) - 1) + [(column, "like", digits) for column in columns]

    @api.depends("employee", "user_ids.share")
    def _compute_ai_is_employee(self):
        for partner in self:
            internal = partner.sudo().user_ids.filtered(lambda user: not user.share)
            partner.ai_is_employee = partner.employee or bool(internal)

    @api.model
    def _search_ai_is_employee(self, operator, value):
        internal = [("share", "=", False)]
        if asks_for_yes(operator, value):
            return ["|", ("employee", "=", True), ("user_ids", "any", internal)]
        return ["&", ("employee", "!=", True), ("user_ids", "not any", internal)]
