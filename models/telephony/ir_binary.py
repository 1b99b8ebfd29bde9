"""Odoo's own addresses of files serve no recordings, not even by the attachment's number."""

from odoo import _, models
from odoo.exceptions import AccessError


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _record_to_stream(self, record, field_name):
        if record._name == "ir.attachment":
            attachment = record.sudo()
            if (attachment.res_model, attachment.res_field) == ("ai.call", "recording"):
                raise AccessError(_("Recordings are heard on the form of their call."))
        return super()._record_to_stream(record, field_name)
