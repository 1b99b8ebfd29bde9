"""Write the purchases, deliveries and stock of the demonstration into an Odoo database.

What happened is created as done; what is open today, orders under way and deliveries to come, goes
through Odoo's own buttons, so that it is reserved and forecast as Odoo does it.
"""

from collections import defaultdict

from .history import DAYS
from .stock_history import ORDER_MINUTE, STORABLE
from .stock_ledger import create_done, create_pickings, create_quants, value_moves
from .stock_records import StockRecords


def load_stock(env, context, history, orders, stock, progress):
    """Create what a StockHistory says.

    context : Masters; history : History; orders : {position in history.orders: sale.order}; stock :
    StockHistory. Commits.
    """
    records = StockRecords(env, context, history.today)
    stored = env["product.product"].union(*(context.products[p.code] for p in STORABLE))
    progress(f"{len(stock.purchases)} purchase orders")
    moves = _open(env, records, stock) + _receive(env, records, stock)
    progress(f"{len(stock.movements)} deliveries and returns")
    moves += _deliver(env, records, stock, orders)
    create_quants(moves, stored)
    for company in context.companies.values():
        value_moves(company, stored)
    env.cr.commit()
    progress("what is under way today")
    _order(env, records, stock)
    for order in (orders[position] for position in stock.undelivered):
        order.with_company(order.company_id).order_line._action_launch_stock_rule()
    env.cr.commit()


def _open(env, records, stock):
    return create_done(
        env,
        [
            records.opening(*key, quantity, DAYS + 1)
            for key, quantity in stock.openings.items()
            if quantity
        ],
    )


def _receive(env, records, stock):
    """Purchase orders with their receipts."""
    done = [purchase for purchase in stock.purchases if purchase.received is not None]
    orders = _create_purchases(env, records, done)
    receipts = [records.receipt(*pair) for pair in zip(done, orders, strict=True)]
    pickings = create_pickings(env, receipts)
    rows = []
    for purchase, order, picking in zip(done, orders, pickings, strict=True):
        for (code, pieces), line in zip(purchase.lines, order.order_line, strict=True):
            rows.append(records.receipt_move(purchase, code, pieces, line, picking))
    moves = create_done(env, rows)
    # Only now: a confirmed order tells each receipt in its chatter.
    orders.write({"state": "purchase"})
    _date(records, done, orders)
    return moves


def _order(env, records, stock):
    """Purchase orders that are under way."""
    purchases = [purchase for purchase in stock.purchases if purchase.received is None]
    orders = _create_purchases(env, records, purchases)
    orders.button_confirm()
    _date(records, purchases, orders)


def _create_purchases(env, records, purchases):
    return env["purchase.order"].concat(
        *(env["purchase.order"].create(records.purchase(purchase)) for purchase in purchases)
    )


def _date(records, purchases, orders):
    """Confirmed on the day of the order, and not on that of the demonstration."""
    for purchase, order in zip(purchases, orders, strict=True):
        order.date_approve = records.stamp(purchase.company, purchase.ordered, ORDER_MINUTE)


def _deliver(env, records, stock, orders):
    together = defaultdict(list)
    for movement in stock.movements:
        together[movement.order, movement.is_return].append(movement)
    batches = [(orders[order], found) for (order, _back), found in together.items()]
    deliveries = [records.delivery(found[0], order) for order, found in batches]
    pickings = create_pickings(env, deliveries)
    groups = _groups(env, list(dict.fromkeys(order for order, _found in batches)))
    rows = []
    for (order, found), picking in zip(batches, pickings, strict=True):
        for movement in found:
            vals = records.delivery_move(movement, order, picking)
            rows.append({**vals, "group_id": groups[order].id} if groups else vals)
    return create_done(env, rows)


def _groups(env, orders):
    """What ties deliveries to their order in Odoo 17, {order: group}; in 19 the lines alone do."""
    if "group_id" not in env["stock.move"]._fields:
        return {}
    groups = env["procurement.group"].create(
        [order.order_line[:1]._prepare_procurement_group_vals() for order in orders]
    )
    for order, group in zip(orders, groups, strict=True):
        order.procurement_group_id = group
    return dict(zip(orders, groups, strict=True))
