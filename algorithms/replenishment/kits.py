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
        components' lines repeat: right for days, not for prices.
    kits : DataFrame with kit_id, component_id (int) and quantity (float > 0), units of the
        component in one unit of the kit; rows of the same pair add up.
    Returns DataFrame of the same columns; lines of other products come first, in their order.
    """
    is_kit = np.isin(lines["product_id"].to_numpy(), kits["kit_id"].to_numpy())
    if not is_kit.any():
        return lines
    parts = lines[is_kit].merge(
        kits.rename(columns={"quantity": "each"}), left_on="product_id", right_on="kit_id"
    )
    parts["product_id"] = parts["component_id"]
    parts["quantity"] = parts["quantity"] * parts["each"]
    return pd.concat([lines[~is_kit], parts[lines.columns]], ignore_index=True)
