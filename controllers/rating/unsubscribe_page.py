"""The link in invitations to rate by which a contact gets no more of them.

Mail programs and scanners open links: only the button, or a mail program's own (RFC 8058), changes
something. Both prove by the token that they come from a mail to this contact.
"""

from odoo import http
from odoo.http import request

URL = "/smart_recommender/ratings/unsubscribe/<int:partner_id>/<string:token>"


class UnsubscribePage(http.Controller):
    @http.route(URL, type="http", auth="public", methods=["GET", "POST"], csrf=False, website=True)
    def unsubscribe(self, partner_id, token, **typed):
        partner = request.env["res.partner"]._ai_of_token(partner_id, token)
        if not partner:
            return request.not_found()
        if request.httprequest.method == "POST":
            partner.ai_no_invitations = not typed.get("again")
        # The reader need not be logged in: the page is in the language of who got the mail.
        request.update_context(lang=partner.lang or request.env.lang)
        values = {"is_off": partner.ai_no_invitations, "address": request.httprequest.path}
        return request.render("smart_recommender.unsubscribe_page", values)
