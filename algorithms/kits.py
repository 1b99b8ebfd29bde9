"""Kits: what is sold as one product and taken from stock as several.

A kit is never in stock, so its demand is that of its components, so many of each; they are counted
beside what is sold of the components alone, and the kit itself is left out: nothing counts twice.
Kits within kits are resolved by the caller, who gives the components that are in stock.
"""

import numpy as np
import pandas as pd


def explode(lines, kits):
    """Lines of sales with the components in the place of kits.

    lines : DataFrame with product_id (int), quantity (float) and any other columns, which the
        components' lines repeat.
    kits : DataFrame with kit_id, component_id (int) and quantity (float > 0), units of the
        component in one unit of the kit.
    Returns DataFrame of the same columns; lines of other products come first, in their order.
    """
    if not len(kits):
        return lines
    is_kit = np.isin(lines["product_id"].to_numpy(), kits["kit_id"].to_numpy())
    parts = lines[is_kit].merge(
        kits.rename(columns={"quantity": "each"}), left_on="product_id", right_on="kit_id"
    )
    parts["product_id"] = parts["component_id"]
    parts["quantity"] = parts["quantity"] * parts["each"]
    return pd.concat([lines[~is_kit], parts[lines.columns]], ignore_index=True)


def first_sales(first, kits):
    """Days of the first sale, those of components not after those of their kits.

    first : {product id: date}; kits : as in ``explode``. Returns {product id: date} without kits.
    """
    known = dict(first)
    for kit, component in zip(kits["kit_id"].tolist(), kits["component_id"].tolist(), strict=True):
        if kit in first:
            known[component] = min(first[kit], known.get(component, first[kit]))
    sold_as_kit = set(kits["kit_id"].tolist())
    return {product: day for product, day in known.items() if product not in sold_as_kit}
