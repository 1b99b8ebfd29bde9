"""The calls and orders behind the statistics, as a file."""

from odoo import _, http
from odoo.http import request

from ..core.export import allowed_companies, check_export, table_response
from ..core.refusal import explained


class CallStatisticsController(http.Controller):
    @http.route("/smart_recommender/call_statistics", type="http", auth="user", methods=["GET"])
    @explained
    def call_statistics(self, kind="xlsx", companies="", user_id="", **period):
        """A row for each call and each order of a period, see ``ai.call.statistics``.

        companies : ids with commas; period : days, or date_from and date_to. Supervisors only.
        """
        check_export()
        statistics = request.env["ai.call.statistics"].with_context(
            allowed_company_ids=allowed_companies(companies)
        )
        asked = statistics._asked(period, user_id)
        return table_response(request.env, kind, _("Calls"), *statistics._exported_table(asked))
