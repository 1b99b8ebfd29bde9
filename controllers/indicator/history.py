"""The history of indicators as a file, by Odoo's own writers."""

from odoo import _, fields, http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ...tools.compat import table_file
from ...tools.rights import check_group
from ..core.refusal import explained

KINDS = ("csv", "xlsx")


class HistoryController(http.Controller):
    @http.route("/smart_recommender/history", type="http", auth="user", methods=["GET"])
    @explained
    def history(self, kind="xlsx", companies="", **_others):
        """All indicators that the user may see, a row a day; companies : ids with commas."""
        check_group(
            request.env,
            "base.group_allow_export",
            _("You may not export data. Ask your administrator for the right to."),
        )
        dashboard = request.env["ai.dashboard"].with_context(
            allowed_company_ids=self._allowed(companies)
        )
        headers, rows = dashboard._history_table()
        kind = kind if kind in KINDS else "xlsx"
        content, mimetype = table_file(kind, headers, rows)
        day = fields.Date.to_string(fields.Date.context_today(dashboard))
        return request.make_response(
            content,
            headers=[
                ("Content-Type", mimetype),
                ("Content-Disposition", content_disposition(f"{_('Indicators')} {day}.{kind}")),
            ],
        )

    def _allowed(self, companies):
        """Ids of companies of the user; those of the user's own company where none are named."""
        user = request.env.user
        ids = [int(text) for text in companies.split(",") if text.isdecimal()] or [
            user.company_id.id
        ]
        if set(ids) - set(user.company_ids.ids):
            raise AccessError(_("You may not see one of these companies."))
        return ids
