"""Whose number it is already: a warning on the form of a contact, which hinders nobody.

Contacts of one company often share a number; a second contact outside it with the same one is
mostly the same client once more. Only contacts that the user may read are looked at.
"""

from odoo import api, fields, models

from .res_partner_phone import FURTHER, NUMBER_FIELDS

COLUMNS = tuple(NUMBER_FIELDS.values())


class ResPartner(models.Model):
    _inherit = "res.partner"

    phone_taken_id = fields.Many2one(
        "res.partner",
        string="Contact with the Same Number",
        compute="_compute_phone_taken_id",
        groups="base.group_user",
    )

    @api.depends(*COLUMNS, FURTHER, "parent_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_phone_taken_id(self):
        numbers = {partner: partner._all_numbers() for partner in self}
        owners = self._owners_of(set().union(*numbers.values()))
        for partner in self:
            entity = partner.parent_id.commercial_partner_id or partner.commercial_partner_id
            others = (
                owner
                for number in sorted(numbers[partner])
                for owner in owners.get(number, ())
                if owner != partner._origin and owner.commercial_partner_id != entity._origin
            )
            partner.phone_taken_id = next(others, False)

    def _all_numbers(self):
        """The numbers of a partner in E.164, as a set."""
        return {self[column] for column in COLUMNS if self[column]} | set(self._further_numbers())

    @api.model
    def _owners_of(self, numbers):
        """{number in E.164: list of partners with it that the user may read, active ones first}"""
        owners = {}
        for partner in self._search_numbers(sorted(numbers)):
            for number in partner._all_numbers():
                owners.setdefault(number, []).append(partner)
        return owners
