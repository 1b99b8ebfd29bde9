"""A company west of Greenwich, whose evenings are the next day of UTC, and its figures."""

from datetime import datetime, time, timedelta

import pytz

from odoo import Command

from ..core.invoicing_common import InvoicingCommon
from ..core.stock_common import ShelfCommon

ZONE = "America/Martinique"


class IndicatorCommon(ShelfCommon, InvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Antilles", "tz": ZONE, "company_id": cls.company.id}
        )
        cls.today = cls.env["ai.sales.extract"]._local_now(cls.company).date()
        cls.everything = cls._create_user(
            "sr_everything",
            "sales_team.group_sale_manager,smart_recommender.group_manager,"
            "stock.group_stock_manager,purchase.group_purchase_user,account.group_account_invoice",
        )
        cls.restatements = cls.env["ai.kpi.restatement"]

    @classmethod
    def _day(cls, ago):
        """A local day."""
        return cls.today - timedelta(days=ago)

    @classmethod
    def _at(cls, ago, hour=12, minute=0):
        """A moment of a local day, in UTC as Odoo keeps it."""
        local = pytz.timezone(ZONE).localize(datetime.combine(cls._day(ago), time(hour, minute)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @classmethod
    def _noon(cls):
        return cls._at(0)

    @classmethod
    def _order(cls, lines, at, state="sale", partner=None, company=None, **vals):
        """An order of lines, dicts of values, on a moment."""
        order = (
            cls.env["sale.order"]
            .with_company(company or cls.company)
            .create(
                {
                    "partner_id": (partner or cls.partner).id,
                    "company_id": (company or cls.company).id,
                    "order_line": [Command.create(line) for line in lines],
                    **vals,
                }
            )
        )
        order.write({"state": state, "date_order": at})
        return order

    @classmethod
    def _line(cls, product, quantity, price, **vals):
        return {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "price_unit": price,
            **vals,
        }

    @classmethod
    def _credit(cls, lines, ago, **vals):
        """A posted credit note of lines, dicts of values, on a local day."""
        move = cls.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": cls.partner.id,
                "company_id": cls.company.id,
                "invoice_date": cls._day(ago),
                "invoice_line_ids": [Command.create({"tax_ids": False, **line}) for line in lines],
                **vals,
            }
        )
        move.action_post()
        return move

    @classmethod
    def _made(cls, records, at):
        """Set the moment at which records were made."""
        cls.env.flush_all()
        cls.env.cr.execute(
            f"UPDATE {records._table} SET create_date = %s WHERE id = ANY(%s)",  # noqa: S608
            (at, records.ids),
        )
        cls.env.invalidate_all()

    @classmethod
    def _restate(cls, days=400, company=None):
        return cls.restatements.sudo()._restate(company or cls.company, days)

    def _figures(self, period=None, user=None, codes=None, companies=None):
        """{code: its dict} of a period, of 7 days without one, as a user reads them."""
        companies = companies or self.company
        reader = self.env["ai.kpi.reader"].with_user(user or self.everything)
        reader = reader.with_context(allowed_company_ids=companies.ids)
        found = reader.get_figures(period or {"days": 7}, codes)
        return {figure["code"]: figure for figure in found["figures"]}

    def _value(self, code, **vals):
        return self._figures(codes=[code], **vals)[code]["value"]
