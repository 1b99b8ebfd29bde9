"""What somebody sees whom a route refuses: what happened, why, and a way on.

Odoo's own answer is a bare "Forbidden" in English. Programs get the same in JSON.
"""

from functools import wraps

from odoo.exceptions import AccessError
from odoo.http import request

FORBIDDEN = 403


def explained(route):
    """Decorate the method of a route: an AccessError becomes a page, or JSON, with status 403."""

    @wraps(route)
    def answer(*args, **kwargs):
        try:
            # What was written before the refusal is taken back.
            with request.env.cr.savepoint():
                return route(*args, **kwargs)
        except AccessError as refusal:
            return _refused(str(refusal))

    return answer


def _refused(reason):
    accepted = request.httprequest.accept_mimetypes
    if accepted.best_match(["text/html", "application/json"]) == "application/json":
        return request.make_json_response({"error": reason}, status=FORBIDDEN)
    user = request.env.user
    values = {"reason": reason, "user": user, "is_internal": user.has_group("base.group_user")}
    return request.render("smart_recommender.refusal_page", values, status=FORBIDDEN)
