"""Products in stock, and moves of the past that brought them in or took them out."""

from datetime import timedelta

from odoo import Command, fields

from .sales_common import SalesCommon


class ShelfCommon(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)])
        for product in cls.fountain | cls.bottle | cls.cups | cls.filter | cls.soap:
            product.detailed_type = "product"

    @classmethod
    def _put(cls, product, quantity, warehouse=None, days_ago=0):
        """Bring in, or take out where negative, as an inventory of some days ago does."""
        location = (warehouse or cls.warehouse).lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(product, location, quantity)
        loss = cls.env["stock.location"].search(
            [("usage", "=", "inventory"), ("company_id", "in", (False, cls.company.id))], limit=1
        )
        places = (loss, location) if quantity > 0 else (location, loss)
        cls._record_move(product, abs(quantity), *places, days_ago)

    @classmethod
    def _create_move(cls, product, quantity, source, target, **vals):
        """A draft move; newer series of Odoo have no name for it."""
        moves = cls.env["stock.move"]
        name = {"name": product.name} if "name" in moves._fields else {}
        return moves.create(
            {
                **name,
                "product_id": product.id,
                "product_uom_qty": quantity,
                "location_id": source.id,
                "location_dest_id": target.id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    @classmethod
    def _record_move(cls, product, quantity, source, target, days_ago, **vals):
        """A done move with its line, dated; stock is not touched."""
        date = fields.Datetime.now() - timedelta(days=days_ago)
        line = {
            "product_id": product.id,
            # Odoo would reserve it, though the stock has left already.
            "quantity": 0.0,
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": cls.company.id,
        }
        lines = {"move_line_ids": [Command.create(line)]}
        move = cls._create_move(product, quantity, source, target, **lines, **vals)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE stock_move SET state = 'done', date = %s WHERE id = %s", [date, move.id]
        )
        cls.env.cr.execute(
            """
            UPDATE stock_move_line
               SET state = 'done', date = %s, quantity = %s, quantity_product_uom = %s
             WHERE move_id = %s
            """,
            [date, quantity, quantity, move.id],
        )
        cls.env.invalidate_all()
        return move

    @classmethod
    def _sell_daily(cls, product, quantity, days=60, skip=()):
        """The same quantity on each of the last days, but for some of them."""
        return cls._sell(
            {ago: [(product, quantity)] for ago in range(1, days + 1) if ago not in skip}
        )
