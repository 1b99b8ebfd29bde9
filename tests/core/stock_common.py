"""Products in stock, and moves of the past that brought them in or took them out."""

from datetime import timedelta

from odoo import Command, fields

from .sales_common import SalesCommon


class ShelfCommon(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)])
        products = cls.fountain | cls.bottle | cls.cups | cls.filter | cls.soap
        products.detailed_type = "product"

    @classmethod
    def _put(cls, products, quantity, warehouse=None, days_ago=0):
        """Bring in, or take out where negative, as an inventory of some days ago does."""
        location = (warehouse or cls.warehouse).lot_stock_id
        for product in products:
            cls.env["stock.quant"]._update_available_quantity(product, location, quantity)
        loss = cls.env["stock.location"].search(
            [("usage", "=", "inventory"), ("company_id", "in", (False, cls.company.id))], limit=1
        )
        places = (loss, location) if quantity > 0 else (location, loss)
        cls._record_move(products, abs(quantity), *places, days_ago)

    @classmethod
    def _create_move(cls, products, quantity, source, target, move_line=None, **vals):
        """A draft move of each product, with a line where ``move_line`` has values for it.

        Newer series of Odoo have no name for a move.
        """
        moves = cls.env["stock.move"]
        where = {
            "location_id": source.id,
            "location_dest_id": target.id,
            "company_id": cls.company.id,
        }
        made = []
        for product in products:
            move = {"product_id": product.id, "product_uom_qty": quantity, **where, **vals}
            if "name" in moves._fields:
                move["name"] = product.name
            if move_line:
                line = {"product_id": product.id, **where, **move_line}
                move["move_line_ids"] = [Command.create(line)]
            made.append(move)
        return moves.create(made)

    @classmethod
    def _record_move(cls, products, quantity, source, target, days_ago, **vals):
        """A done move of each product with its line, dated; stock is not touched."""
        date = fields.Datetime.now() - timedelta(days=days_ago)
        # Odoo would reserve a quantity, though the stock has left already.
        line = {"quantity": 0.0}
        moves = cls._create_move(products, quantity, source, target, line, **vals)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE stock_move SET state = 'done', date = %s WHERE id = ANY(%s)", [date, moves.ids]
        )
        cls.env.cr.execute(
            """
            UPDATE stock_move_line
               SET state = 'done', date = %s, quantity = %s, quantity_product_uom = %s
             WHERE move_id = ANY(%s)
            """,
            [date, quantity, quantity, moves.ids],
        )
        cls.env.invalidate_all()
        return moves

    @classmethod
    def _sell_daily(cls, product, quantity, days=60, skip=()):
        """The same quantity on each of the last days, but for some of them."""
        return cls._sell(
            {ago: [(product, quantity)] for ago in range(1, days + 1) if ago not in skip}
        )
