"""Stock of the past, out of today's stock and what went in and out since.

    on hand at the end of day d  =  on hand now − Σ net flow of the days after d

Nobody keeps a picture of each evening's stock; the moves since then are kept, and they lead back to
it exactly, but for the last bits of sums of fractions, which are rounded away: a shelf with 1e-16
kilograms is empty. Where stock was first entered by an inventory, all days before it have none.
"""

import numpy as np

from .lookup import places

# Decimals of a unit, more than any unit of measure is counted in.
DECIMALS = 6


def on_hand_history(on_hand, row, day, quantity, days):
    """Stock at the end of each day.

    on_hand : (n,) float, units now.
    row : (k,) int, product of each flow; day : (k,) datetime64[D] or int days from 1970;
    quantity : (k,) float, units, in positive and out negative; flows before the first day are
        ignored, those after the last one are taken back as any other.
    days : (t,) datetime64[D], consecutive, at least one.
    Returns (n, t) float64, and (n,) float64 units before the first day; both may be negative.
    """
    count, length = len(on_hand), len(days)
    column = np.asarray(day).astype("datetime64[D]").astype(np.int64) - days[0].astype(np.int64)
    used = column >= 0
    row = np.asarray(row, np.int64)[used]
    cell = row * (length + 1) + np.minimum(column[used], length)
    size = count * (length + 1)
    net = np.bincount(cell, np.asarray(quantity, np.float64)[used], size).reshape(count, length + 1)
    # What flows after each day, summed from the newest.
    later = np.cumsum(net[:, ::-1], axis=1)[:, ::-1]
    past = (np.asarray(on_hand, np.float64)[:, None] - later).round(DECIMALS)
    return past[:, 1:], past[:, 0]


def past_stock(product_ids, days, stock, flows, warehouse_id=None):
    """Stock of products at the end of each day, in one warehouse or in all.

    product_ids : (n,) int; days : (t,) datetime64[D], consecutive.
    stock : {column: (m,) array} with product_id, warehouse_id and on_hand, units now.
    flows : {column: (k,) array} with product_id, warehouse_id, day (from 1970) and quantity.
    Returns as ``on_hand_history``.
    """
    now, flows = (_of_warehouse(table, warehouse_id) for table in (stock, flows))
    at = places(product_ids, now["product_id"])
    ours = at >= 0
    on_hand = np.bincount(at[ours], now["on_hand"][ours], len(product_ids))
    row = places(product_ids, flows["product_id"])
    ours = row >= 0
    return on_hand_history(on_hand, row[ours], flows["day"][ours], flows["quantity"][ours], days)


def _of_warehouse(table, warehouse_id):
    if warehouse_id is None:
        return table
    used = table["warehouse_id"] == warehouse_id
    return {name: values[used] for name, values in table.items()}
