"""What users take out of pages of ours: a table as CSV or XLSX, for those who may export."""

from odoo import _, fields
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request
from odoo.tools import get_lang

from ...tools.rights import check_group
from ...tools.table_file import KINDS, table_file


def check_export():
    """Raise an AccessError for users whom Odoo lets export nothing."""
    check_group(
        request.env,
        "base.group_allow_export",
        _("You may not export data. Ask your administrator for the right to."),
    )


def allowed_companies(companies):
    """Ids of companies of the user; that of the user's own company where none are named.

    companies : ids with commas between them. Raises AccessError for any other company.
    """
    user = request.env.user
    ids = [int(text) for text in companies.split(",") if text.isdecimal()] or [user.company_id.id]
    if set(ids) - set(user.company_ids.ids):
        raise AccessError(_("You may not see one of these companies."))
    return ids


def table_response(env, kind, name, headers, rows):
    """A table as a download. kind : one of KINDS, others give xlsx; name : of the file, to which
    the day is added; env : in the user's language."""
    kind = kind if kind in KINDS else "xlsx"
    content, mimetype = table_file(kind, headers, rows, get_lang(env).decimal_point)
    day = fields.Date.to_string(fields.Date.context_today(env.user))
    return request.make_response(
        content,
        headers=[
            ("Content-Type", mimetype),
            ("Content-Disposition", content_disposition(f"{name} {day}.{kind}")),
        ],
    )
