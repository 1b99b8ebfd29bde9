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
    describe : method that takes one client with the reason and returns a few words in the user's
    language, such as "2 products due"; no lambda, see below.
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
        return [
            CallReason("overdue", [("overdue_count", ">", 0)], self._overdue_words),
            CallReason("due", [("due_product_count", ">", 0)], self._due_words),
            CallReason("new_product", [("arrival_ids", "!=", False)], self._new_product_words),
            CallReason(
                "dormant",
                [("status", "=", "dormant"), ("last_order_date", "!=", False)],
                self._dormant_words,
            ),
        ]

    # Methods and not lambdas: Odoo translates into the language of the caller's ``self``.

    @api.model
    def _overdue_words(self, client):
        return _(
            "owes %(amount)s since %(day)s",
            amount=format_amount(self.env, client.overdue_amount, client.currency_id),
            day=format_date(self.env, client.overdue_since),
        )

    @api.model
    def _due_words(self, client):
        if client.due_product_count == 1:
            return _("1 product due")
        return _("%s products due", client.due_product_count)

    @api.model
    def _new_product_words(self, client):
        return _("new: %s", client.arrival_ids[:1].product_id.display_name)

    @api.model
    def _dormant_words(self, client):
        today = self.env["ai.sales.extract"]._local_now(client.company_id).date()
        return _("no order for %s days", (today - client.last_order_date).days)

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
