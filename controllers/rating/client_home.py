"""What the pages of a client have in common, and their cards on the portal's first page."""

from functools import wraps

from odoo import _
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.token_bucket import Buckets

BAD_REQUEST, TOO_MANY = 400, 429
# Stars and requests of a user a minute, in each worker.
POSTS_A_MINUTE = 30
LONGEST_SEARCH = 64

_posts = Buckets()


def own_page(route):
    """Decorate the method of a route that only clients of a company with these pages have."""

    @wraps(route)
    def answer(*args, **kwargs):
        if not request.env["ai.client.page"]._is_open(request.env.company):
            return request.redirect("/my")
        return route(*args, **kwargs)

    return answer


def posted(work, shown):
    """Do what a client sent with a form, and answer.

    work : takes nothing and returns the address to go on to. shown : takes what went wrong, in
    words, and returns the page with it; nothing of the work is kept then.
    """
    wait = _posts.take(request.env.uid, POSTS_A_MINUTE)
    if wait:
        page = shown(_("Too many at once. Try again in %s seconds.", int(wait) + 1))
        page.status_code = TOO_MANY
        page.headers["Retry-After"] = str(int(wait) + 1)
        return page
    try:
        with request.env.cr.savepoint():
            address = work()
    except UserError as error:
        page = shown(str(error))
        page.status_code = BAD_REQUEST
        return page
    return request.redirect(address)


def as_number(text, kind=float):
    """What a client typed as a number; None where it is none."""
    try:
        number = kind(str(text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return number if number == number else None


class ClientHome(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        page, company = request.env["ai.client.page"], request.env.company
        partner = request.env.user.partner_id
        is_open = page._is_open(company)
        if "ai_product_count" in counters:
            values["ai_product_count"] = page._bought_count(partner, company) if is_open else 0
        if "ai_recommendation_count" in counters:
            values["ai_recommendation_count"] = (
                len(page._recommended(partner, company)[1]) if is_open else 0
            )
        return values
