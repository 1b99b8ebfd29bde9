"""Why to call a client: one registry for the list of whom to call, its filters and its texts.

A subject adds reasons of its own by extending ``_call_reasons``; the list, the search by reason and
the order of calls follow.
"""

from collections.abc import Callable
from dataclasses import dataclass

from odoo import _, api, fields, models
from odoo.tools import format_amount, format_date

from ...tools.searching import values_of


@dataclass(frozen=True)
class CallReason:
    """One kind of reason to call.

    key : str, unique, as ``[("call_reasons", "=", key)]`` finds it.
    domain : list, finds the clients (``ai.client``) with the reason; its fields are read on each
    row as well as searched by.
    describe : function of one client that has the reason; returns a few words in the user's
    language, such as "2 products due".
    """

    key: str
    domain: list
    describe: Callable


class AiClient(models.Model):
    _inherit = "ai.client"

    call_reasons = fields.Char(
        string="Why to Call", compute="_compute_call_reasons", search="_search_call_reasons"
    )

    @api.model
    def _call_reasons(self):
        """The reasons to call a client, the most urgent first, as a list of CallReason: to be
        extended."""
        today = self.env["ai.sales.extract"]._local_now(self.env.company).date()
        return [
            CallReason(
                "overdue",
                [("overdue_count", ">", 0)],
                lambda client: _(
                    "owes %(amount)s since %(day)s",
                    amount=format_amount(self.env, client.overdue_amount, client.currency_id),
                    day=format_date(self.env, client.overdue_since),
                ),
            ),
            CallReason(
                "due",
                [("due_product_count", ">", 0)],
                lambda client: (
                    _("1 product due")
                    if client.due_product_count == 1
                    else _("%s products due", client.due_product_count)
                ),
            ),
            CallReason(
                "new_product",
                [("arrival_ids", "!=", False)],
                lambda client: _("new: %s", client.arrival_ids[:1].product_id.display_name),
            ),
            CallReason(
                "dormant",
                [("status", "=", "dormant"), ("last_order_date", "!=", False)],
                lambda client: _("no order for %s days", (today - client.last_order_date).days),
            ),
        ]

    @api.depends_context("lang", "company", "uid")
    def _compute_call_reasons(self):
        texts = {client.id: [] for client in self}
        for reason in self._call_reasons():
            for client in self.filtered_domain(reason.domain):
                texts[client.id].append(reason.describe(client))
        for client in self:
            client.call_reasons = " · ".join(texts[client.id]) or False

    @api.model
    def _search_call_reasons(self, operator, value):
        """Clients by the key of a reason; any reason is found by != and False."""
        keys = {key for key in values_of(value) if key}
        found = [
            [("id", "in", self._search(reason.domain))]
            for reason in self._call_reasons()
            if not keys or reason.key in keys
        ]
        domain = ["|"] * (len(found) - 1) + sum(found, []) if found else [(0, "=", 1)]
        # "!= False" asks for any reason and "= key" for one: both find, their opposites do not.
        is_wanted = (operator in ("=", "in")) == bool(keys)
        return domain if is_wanted else ["!", *domain]
