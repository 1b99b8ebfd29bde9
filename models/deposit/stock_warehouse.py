from odoo import _, fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    ai_empties_type_id = fields.Many2one(
        "stock.picking.type",
        string="Receipt of Empties",
        check_company=True,
        copy=False,
        help="The operation by which empty containers come back, made with the first of them.",
    )

    def _ai_empties_operation(self):
        """The operation by which empties come back to this warehouse, made where there is none."""
        self.ensure_one()
        if not self.ai_empties_type_id:
            receipts = self.in_type_id
            self.ai_empties_type_id = self.env["stock.picking.type"].create(
                {
                    "name": _("Returned Empties"),
                    "code": "incoming",
                    "sequence_code": "EMP",
                    "warehouse_id": self.id,
                    "company_id": self.company_id.id,
                    "default_location_src_id": self.env.ref("stock.stock_location_customers").id,
                    "default_location_dest_id": receipts.default_location_dest_id.id
                    or self.lot_stock_id.id,
                    "use_create_lots": False,
                    "use_existing_lots": False,
                }
            )
        return self.ai_empties_type_id
