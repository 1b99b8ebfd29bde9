"""How often users and network addresses have given wrong coupons within an hour.

The counters of coupons themselves lock coupons; these stop who tries many of them, such as IDs
that do not exist. A try holds the rows of its user and its address to the end of its transaction,
so that tries at the same time are counted one after the other: PostgreSQL refuses the later ones,
Odoo runs them again, and no error of theirs is logged.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL

WINDOW = timedelta(hours=1)
NOWHERE = "-"


class AiCouponLimit(models.Model):
    _name = "ai.coupon.limit"
    _description = "Limit on Wrong Coupons"
    _order = "since desc"
    _rec_name = "key"

    kind = fields.Selection(
        [("user", "User"), ("address", "Network Address")], required=True, readonly=True
    )
    key = fields.Char(
        required=True, readonly=True, help="Id of the user, or the address as the server sees it."
    )
    tries = fields.Integer(required=True, readonly=True, default=0)
    since = fields.Datetime(required=True, readonly=True, help="When the hour began.")

    _sql_constraints = [
        ("key_unique", "UNIQUE(kind, key)", "There is one row for each user and address.")
    ]

    @api.model
    def _address(self):
        """Network address of who asks; empty where Odoo does not tell it, as over XML-RPC and
        JSON-RPC, and for code that no request runs."""
        return (request and request.httprequest.remote_addr) or ""

    @api.model
    def _keys(self):
        """{kind: key} of who asks. All whose address is not known share one."""
        return {"address": self._address() or NOWHERE, "user": str(self.env.uid)}

    @api.model
    def _hold(self):
        """Hold the rows of who asks. Returns {kind: wrong tries within the hour}."""
        keys = self._keys()
        now = fields.Datetime.now()
        rows = SQL(", ").join(SQL("(%s, %s, 0, %s)", kind, key, now) for kind, key in keys.items())
        cr = self.env.cr
        cr.execute(
            SQL(
                "INSERT INTO ai_coupon_limit (kind, key, tries, since) VALUES %s"
                " ON CONFLICT (kind, key) DO NOTHING",
                rows,
            ),
            log_exceptions=False,
        )
        cr.execute(
            SQL(
                "SELECT kind, CASE WHEN since > %s THEN tries ELSE 0 END FROM ai_coupon_limit"
                " WHERE (kind, key) IN %s ORDER BY kind, key FOR UPDATE",
                now - WINDOW,
                tuple(keys.items()),
            ),
            log_exceptions=False,
        )
        return dict(cr.fetchall())

    @api.model
    def _count(self):
        """Count one more wrong try of who asks."""
        now = fields.Datetime.now()
        start = now - WINDOW
        self.env.cr.execute(
            SQL(
                """
                UPDATE ai_coupon_limit
                   SET tries = CASE WHEN since > %(start)s THEN tries ELSE 0 END + 1,
                       since = CASE WHEN since > %(start)s THEN since ELSE %(now)s END
                 WHERE (kind, key) IN %(keys)s
                """,
                start=start,
                now=now,
                keys=tuple(self._keys().items()),
            ),
            log_exceptions=False,
        )
        self.invalidate_model()
