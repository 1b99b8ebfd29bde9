"""Screen pop: a telephone exchange opens the client sheet in the operator's browser.

The exchange, or its desktop client, opens /smart_recommender/call?number=+212661223344 in a browser
where the operator is logged in. Odoo 19 still reads /web#action=…: its router takes the parameters
of the fragment into the state and writes /odoo/action-…?… over it, so that one address does for
both series.
"""

import re
from urllib.parse import quote, urlencode

from odoo import _, http
from odoo.http import request

from ...models.client.res_partner_phone_lookup import SHOWN_LENGTH
from ...tools.rights import check_group
from ..core.refusal import explained

SHEET = "smart_recommender.client_sheet"


class CallController(http.Controller):
    @http.route("/smart_recommender/call", type="http", auth="user", methods=["GET"])
    @explained
    def incoming_call(self, number="", **_others):
        """Open the caller's sheet; without exactly one client it asks who is calling."""
        check_group(
            request.env,
            "smart_recommender.group_call_operator",
            _("Only operators of the call center can open client sheets from a call."),
        )
        found = request.env["res.partner"].find_by_number(_typed(number))
        menu = request.env.ref("smart_recommender.menu_call_center")
        arguments = {"action": SHEET, "menu_id": menu.id, "number": _kept_as_text(found)}
        if found["only_id"]:
            arguments["partner_id"] = found["only_id"]
        return request.redirect(f"/web#{urlencode(arguments, quote_via=quote)}")


def _typed(number):
    """A number out of a query, where a plus that was not encoded arrives as a space."""
    number = number[:SHOWN_LENGTH]
    return f"+{number.lstrip()}" if re.match(r" +\d", number) else number


def _kept_as_text(found):
    """The number for the address: Odoo's router makes a figure of what looks like one, and a plus
    or a leading zero would be lost. A space prevents it, and looking up does not mind."""
    number = found["e164"] or found["number"]
    cut = min(4, len(number) - 1)
    return f"{number[:cut]} {number[cut:]}" if re.fullmatch(r"\+?\d{2,}", number) else number
