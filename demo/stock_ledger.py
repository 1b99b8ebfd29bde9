"""Done stock moves, and what follows from them: quants and values.

Created as done at once, dated as they happened: validating four thousand transfers would take half
an hour and date them today.
"""

from collections import defaultdict

from odoo import models
from odoo.tools import SQL

BATCH = 500


def create_pickings(env, rows):
    pickings = env["stock.picking"]
    for start in range(0, len(rows), BATCH):
        pickings += env["stock.picking"].create(rows[start : start + BATCH])
    return pickings


def create_done(env, rows):
    """Done moves with a line each, which do not change quants: these are made once at the end.

    The lines are created by the ORM itself: stock's own `create` would look for the two quants of
    each line, lock and change them, fifteen thousand times.
    """
    moves = env["stock.move"]
    for start in range(0, len(rows), BATCH):
        moves += env["stock.move"].create(rows[start : start + BATCH])
    models.BaseModel.create(
        env["stock.move.line"],
        [
            {
                "move_id": move.id,
                "picking_id": move.picking_id.id,
                "company_id": move.company_id.id,
                "product_id": move.product_id.id,
                "product_uom_id": move.product_id.uom_id.id,
                "quantity": move.product_qty,
                "picked": True,
                "date": move.date,
                "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id,
            }
            for move in moves
        ],
    )
    env.flush_all()
    return moves


def create_quants(moves, stored):
    """What is in each place, by the sum of what moved; stored : the products that have stock."""
    levels, newest = defaultdict(float), {}
    for move in moves.filtered(lambda move: move.product_id in stored):
        source = move.product_id.id, move.location_id.id
        target = move.product_id.id, move.location_dest_id.id
        levels[source] -= move.product_qty
        levels[target] += move.product_qty
        newest[target] = max(move.date, newest.get(target, move.date))
    rows = []
    for key, quantity in levels.items():
        if quantity:
            product, location = key
            vals = {"product_id": product, "location_id": location, "quantity": quantity}
            rows.append({**vals, "in_date": newest[key]} if key in newest else vals)
    return moves.env["stock.quant"].create(rows)


def value_moves(company, stored):
    """The layers of value that Odoo 17 keeps beside a company's done moves, at the cost of today.

    In SQL, for the value of a past day goes by the day of creation, which the ORM makes today.
    """
    env = company.env
    if "stock.valuation.layer" not in env:
        return
    env.flush_all()
    stored = stored.with_company(company)
    env.cr.execute(
        SQL(
            """
            INSERT INTO stock_valuation_layer (
                company_id, product_id, categ_id, stock_move_id, description, quantity, unit_cost,
                value, create_uid, write_uid, create_date, write_date)
            SELECT move.company_id, move.product_id, template.categ_id, move.id, move.reference,
                way.sign * move.product_qty, cost.price,
                ROUND(way.sign * move.product_qty::numeric * cost.price, 2),
                move.create_uid, move.create_uid, move.date, move.date
              FROM unnest(%s, %s::numeric[]) AS cost (product_id, price)
              JOIN stock_move AS move ON move.product_id = cost.product_id
              JOIN product_product AS product ON product.id = move.product_id
              JOIN product_template AS template ON template.id = product.product_tmpl_id
              JOIN stock_location AS target ON target.id = move.location_dest_id
        CROSS JOIN LATERAL (
            SELECT CASE target.usage WHEN 'internal' THEN 1 ELSE -1 END AS sign) AS way
             WHERE move.company_id = %s AND move.state = 'done'
            """,
            stored.ids,
            stored.mapped("standard_price"),
            company.id,
        )
    )
