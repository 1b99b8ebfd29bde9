"""May a product be forecast at all? If not, the state says why, and there is no number.

no_sales             nothing was sold in the window and nothing known before it
only_refunds         refunds, but no sale they would leave something of
not_enough_history   fewer known days since the first sale than asked for (14)
discontinued         sold once, but not for N days (90), or not within a shorter window
ok                   has a forecast
"""

import numpy as np

OK = "ok"
NO_SALES = "no_sales"
ONLY_REFUNDS = "only_refunds"
NOT_ENOUGH_HISTORY = "not_enough_history"
DISCONTINUED = "discontinued"


def states_of(panel, min_history, discontinued_after):
    """(n,) str, the state of each product on the panel's last day.

    min_history : int, known days since the first sale; discontinued_after : int, days without one.
    """
    sale = panel.sold > 0
    any_sale = sale.any(axis=1)
    since = np.where(any_sale, sale[:, ::-1].argmax(axis=1), panel.length)
    refunded = np.zeros(len(panel), bool) if panel.unmatched is None else panel.unmatched > 0
    older = panel.first < panel.length
    conditions = [
        ~any_sale & refunded,
        ~any_sale & ~older,
        ~any_sale | (since >= discontinued_after),
        panel.mask.sum(axis=1) < min_history,
    ]
    names = [ONLY_REFUNDS, NO_SALES, DISCONTINUED, NOT_ENOUGH_HISTORY]
    return np.select(conditions, names, default=OK).astype(f"U{len(NOT_ENOUGH_HISTORY)}")
