from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from demonstration import history_of

from algorithms.anomaly.search import AnomalySettings, find_anomalies
from algorithms.anomaly.series import series_of
from algorithms.core.demand_panel import demand_panel
from demo import planted
from demo.catalog import GOODS
from demo.history import CODES


def demo_sales(today, company="atlas", window=365):
    """(products, revenue, categories, lines, codes) of the demonstration's history."""
    history = history_of(today)
    goods = {product.code: product for product in GOODS}
    codes = sorted(CODES)
    names = sorted({product.category for product in GOODS})
    rows = pd.DataFrame(
        [
            (
                codes.index(line.code),
                pd.Timestamp(today - timedelta(days=order.day)),
                line.quantity * (12 if line.in_dozens else 1),
                line.quantity * goods[line.code].price,
            )
            for order in history.orders
            if order.state == "sale" and order.company == company
            for line in order.lines
            if line.code in goods
        ],
        columns=["product_id", "date", "quantity", "revenue"],
    )
    sold = rows[rows["quantity"] > 0]
    first = sold.groupby("product_id")["date"].min().to_dict()
    yesterday = today - timedelta(days=1)
    panel = demand_panel(rows, yesterday, window, None, first)
    revenue = rows.assign(quantity=rows["revenue"])
    revenue = demand_panel(revenue, yesterday, window, panel.product_ids, first)
    recent = sold[sold["date"] >= pd.Timestamp(panel.days[0])]
    lines = recent.groupby("product_id").size().reindex(panel.product_ids).fillna(0).to_numpy(float)
    categories = np.array([names.index(goods[codes[row]].category) for row in panel.product_ids])
    return (
        series_of("product", panel, lines),
        series_of("product", revenue, lines),
        categories,
        lines,
        codes,
    )


@pytest.mark.parametrize("today", [date(2026, 11, 20), date(2026, 4, 11), date(2028, 2, 29)])
def test_what_is_planted_in_the_demonstration_is_found(today):
    series, revenue, categories, lines, codes = demo_sales(today)
    found = find_anomalies(series, revenue, categories, lines, [], AnomalySettings()).found
    ago = {
        (codes[anomaly.id], anomaly.kind): (
            (np.datetime64(today) - anomaly.first).astype(int),
            (np.datetime64(today) - anomaly.last).astype(int),
        )
        for anomaly in found
        if anomaly.level == "product"
    }
    for code, day, _factor in planted.SPIKES:
        assert ago[code, "spike"] == (day, day)
    code, first, last, _share = planted.COLLAPSE
    start, end = ago[code, "drop"]
    assert start <= first + 3
    assert end >= last - 3
    assert start - end >= 20
    # 80 products over 90 days: what was planted, what a season or a trend ends, little else.
    assert len(found) < 35
