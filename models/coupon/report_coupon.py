"""Coupons on paper, eight to a page. Their PINs stand here and in a client's mail, nowhere else.

Whichever way the report is asked for, its values come from here: who prints is checked, and what is
printed is noted.
"""

from odoo import _, api, models
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri

from ...tools.svg_barcode import barcode

A_PAGE, A_ROW = 8, 2
# Millimetres: the upper left corner of the first coupon, and the size of each.
LEFT, TOP, WIDTH, HEIGHT = 10, 6, 95, 70
# A worker of Odoo draws so many within its limits of time; more are printed in turns.
MOST = 400


class ReportCoupon(models.AbstractModel):
    _name = "report.smart_recommender.report_coupon"
    _description = "Coupons on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):  # noqa: ARG002 (nothing else is asked for)
        """Pages of tickets for the template. Managers of the call center only.

        docids : of ``ai.coupon``. Raises UserError for coupons that cannot be used any more.
        """
        coupons = self.env["ai.coupon"].browse(docids).exists().sorted("id")
        if len(coupons) > MOST:
            raise UserError(
                _(
                    "%(count)s coupons are too many for one document: print up to %(most)s at a "
                    "time.",
                    count=len(coupons),
                    most=MOST,
                )
            )
        coupons._note_print("paper")
        tickets = [
            {
                **ticket,
                "style": self._place(number % A_PAGE),
                "bars": barcode("Code128", ticket["coupon"].code),
                "qr": barcode("QR", ticket["coupon"].code),
            }
            for number, ticket in enumerate(coupons._tickets())
        ]
        return {
            "docs": coupons,
            "pages": [tickets[start : start + A_PAGE] for start in range(0, len(tickets), A_PAGE)],
            "logos": {
                company.id: image_data_uri(company.logo_web)
                for company in coupons.company_id
                if company.logo_web
            },
        }

    @api.model
    def _place(self, number):
        """Where the coupon of a number from 0 stands on its page, as CSS."""
        row, column = divmod(number, A_ROW)
        return f"left: {LEFT + column * WIDTH}mm; top: {TOP + row * HEIGHT}mm;"
