from odoo import models


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _get_image_stream_from(self, *args, **kwargs):
        """A picture's name is one that Chrome takes in a header.

        "Eau minérale 1,5 L" has both a letter beyond ASCII and a comma. Werkzeug before 2.3, which
        Odoo 17 runs on, leaves that comma bare in a header, where it separates values: Chrome takes
        them for two headers and shows no picture.
        """
        stream = super()._get_image_stream_from(*args, **kwargs)
        if stream.download_name:
            stream.download_name = stream.download_name.replace(",", "_")
        return stream
