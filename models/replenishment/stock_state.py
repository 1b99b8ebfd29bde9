"""The state of the stock in a word: what the dashboard counts and the board filters by.

out       nothing available of what is asked for
low       available, but less than the reorder point
much      more than twice the order-up-to level, or enough for half a year, or in stock without
          anybody asking for it
enough    between the two
unknown   too little is known of the demand, or there is neither stock nor demand
"""

from odoo.tools import SQL

STATES = [
    ("out", "Out of Stock"),
    ("low", "Low"),
    ("enough", "Enough"),
    ("much", "Too Much"),
    ("unknown", "Not Known"),
]
# More than this many times the order-up-to level, or cover for this many days, is too much.
MUCH = 2.0
MUCH_DAYS = 180.0


def state_sql():
    """State of a row of ai_replenishment."""
    return SQL(
        """
        CASE WHEN ai_replenishment.daily_demand > 0 AND ai_replenishment.available <= 0 THEN 'out'
             WHEN ai_replenishment.action = 'unknown' OR ai_replenishment.available <= 0
             THEN 'unknown'
             WHEN NOT ai_replenishment.daily_demand > 0 THEN 'much'
             WHEN ai_replenishment.available < ai_replenishment.rop THEN 'low'
             WHEN ai_replenishment.cover > %(days)s
               OR ai_replenishment.available > %(times)s * ai_replenishment.order_up_to
                  AND ai_replenishment.order_up_to > 0 THEN 'much'
             ELSE 'enough' END
        """,
        days=MUCH_DAYS,
        times=MUCH,
    )
