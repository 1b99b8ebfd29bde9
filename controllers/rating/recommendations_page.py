"""/my/recommendations: what is right for a client, and quotations that it asks for."""

from odoo import _, http
from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.exceptions import UserError
from odoo.http import request

from ...models.rating.ai_client_page import PAGE_SIZE
from .client_home import LONGEST_SEARCH, as_number, own_page, posted

URL = "/my/recommendations"


class RecommendationsPage(CustomerPortal):
    @http.route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True)
    @own_page
    def my_recommendations(self, page=1, **asked):
        """What to offer the client, group by group. asked : search, order, without."""
        return self._recommendations(page, asked)

    @http.route(f"{URL}/ask", type="http", auth="user", methods=["POST"], website=True)
    @own_page
    def ask_for_quotation(self, product_id="", quantity="", **asked):
        """Put a product that the client is shown on a quotation of its own."""

        def ask():
            amount = as_number(quantity)
            if amount is None:
                raise UserError(_("Type how much you need, as a number. Nothing was asked for."))
            item = self._shown_item(as_number(product_id, int))
            env = request.env
            order = env["sale.order"]._ai_ask(env.user.partner_id, env.company, item, amount)
            return f"{URL}?asked={order.id}"

        return posted(ask, lambda error: self._recommendations(1, asked, error))

    @http.route(f"{URL}/again", type="http", auth="user", methods=["POST"], website=True)
    @own_page
    def order_again(self, order_id="", **asked):
        """Ask for a quotation of what an earlier order held."""

        def again():
            env = request.env
            partner = env.user.partner_id
            number = as_number(order_id, int)
            order = number and env["sale.order"]._ai_past_orders(
                partner, env.company, order_id=number
            )
            if not order:
                raise UserError(_("You can only order again what you ordered from us."))
            request_made, missing = env["sale.order"]._ai_ask_again(order, partner)
            return f"{URL}?asked={request_made.id}&missing={len(missing)}"

        return posted(again, lambda error: self._recommendations(1, asked, error))

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    @staticmethod
    def _shown_item(product_id):
        """The offer that a client may ask for, or a product that it bought and that is sold."""
        env = request.env
        page, partner, company = env["ai.client.page"], env.user.partner_id, env.company
        _status, items = page._recommended(partner, company)
        offered = [item for item in items if item["product_id"] == product_id]
        if offered:
            return offered[0]
        rows = page._bought(partner, company)
        bought = [row for row in rows if row["product_id"] == product_id]
        if bought and page._bought_cards(partner, company, bought)[0]["is_sold"]:
            return {"product_id": product_id, "kind": "", "rank": 0}
        raise UserError(
            _("This product is not offered any more. Reload the page. Nothing was asked for.")
        )

    def _recommendations(self, page, asked, error=""):
        env = request.env
        model, partner, company = env["ai.client.page"], env.user.partner_id, env.company
        search = (asked.get("search") or "").strip()[:LONGEST_SEARCH]
        status, items = model._recommended(partner, company, search)
        pages = pager(URL, len(items), page, PAGE_SIZE, url_args={"search": search})
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "ai_recommendations",
            "search": search,
            "status": status,
            "pager": pages,
            "items": _with_headings(items[pages["offset"] : pages["offset"] + PAGE_SIZE]),
            "past_orders": [] if search else model._past_orders(partner, company),
            "error": error,
            "nothing_found": _(
                "Nothing that we recommend to you is called “%s”. Try a shorter word.", search
            ),
            **self._answer(asked),
        }
        return request.render("smart_recommender.my_recommendations", values)

    @staticmethod
    def _answer(asked):
        """What became of a request of this client, in words."""
        order_id = as_number(asked.get("asked"), int)
        env = request.env
        entity = env.user.partner_id.sudo().commercial_partner_id
        order = (
            env["sale.order"]
            .sudo()
            .search(
                [
                    ("id", "=", order_id or 0),
                    ("company_id", "=", env.company.id),
                    ("ai_asked_by_id", "!=", False),
                    ("partner_id.commercial_partner_id", "=", entity.id),
                ]
            )
        )
        missing = as_number(asked.get("missing"), int) or 0
        return {
            "asked": order and _asked_words(order),
            "missing": missing > 0 and _missing_words(missing),
        }


def _asked_words(order):
    if not order.user_id:
        return _(
            "Your request %s is with our sales team, who will send you a quotation.", order.name
        )
    return _(
        "Your request %(order)s is with %(user)s, who will send you a quotation.",
        order=order.name,
        user=order.user_id.name,
    )


def _missing_words(count):
    if count == 1:
        return _("One product of that order is not sold any more.")
    return _("%s products of that order are not sold any more.", count)


def _with_headings(items):
    """Items of a page, those that begin a group marked."""
    groups = [None, *(item["group"] for item in items)]
    return [
        {**item, "begins": item["group"] != before}
        for item, before in zip(items, groups, strict=False)
    ]
