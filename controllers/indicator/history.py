"""The history of indicators as a file."""

from odoo import _, http
from odoo.http import request

from ..core.export import allowed_companies, check_export, table_response
from ..core.refusal import explained


class HistoryController(http.Controller):
    @http.route("/smart_recommender/history", type="http", auth="user", methods=["GET"])
    @explained
    def history(self, kind="xlsx", companies="", **_others):
        """All indicators that the user may see, a row a day; companies : ids with commas."""
        check_export()
        dashboard = request.env["ai.dashboard"].with_context(
            allowed_company_ids=allowed_companies(companies)
        )
        return table_response(request.env, kind, _("Indicators"), *dashboard._history_table())
