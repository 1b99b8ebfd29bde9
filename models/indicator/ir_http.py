"""Who asks the API, and what it answers where something fails.

Odoo 17 has no ``auth="bearer"``, and that of Odoo 19 takes keys that open everything: ours takes
keys of our own scopes alone (precedent: mail_plugin's ``_auth_method_outlook``).
"""

import re
from http import HTTPStatus

from werkzeug.exceptions import HTTPException

from odoo import _, models
from odoo.exceptions import AccessDenied, AccessError, MissingError, UserError
from odoo.http import request

from ...tools.api_error import ApiError
from ...tools.token_bucket import Buckets

ROOT = "/smart_recommender/api/"
BEARER = re.compile(r"^bearer\s+(\S+)\s*$", re.IGNORECASE)
BUCKETS = Buckets()


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_ai_bearer(cls):
        """The request is one of the key's user; its role is in the context as ``ai_api_role``."""
        header = request.httprequest.headers.get("Authorization", "")
        shown = BEARER.match(header)
        key = request.env["res.users.apikeys"]._ai_find(shown[1]) if shown else None
        if key is None:
            raise _unauthorized(is_shown=bool(shown))
        # Odoo has taken a language from the request, whether it is installed or not.
        request.update_env(user=key.user_id, context={})
        user = request.env.user
        context = {**user.context_get(), "ai_api_role": key.role}
        context["lang"] = cls._ai_language() or context.get("lang")
        request.update_env(context={**context, "allowed_company_ids": [key.company_id]})
        if not key.is_internal:
            raise ApiError(403, "forbidden", _("The API is for internal users alone."))
        cls._ai_count(key)

    @classmethod
    def _auth_method_ai_optional(cls):
        """A key where one is shown, the public otherwise."""
        if request.httprequest.headers.get("Authorization"):
            cls._auth_method_ai_bearer()
        else:
            cls._auth_method_public()
            request.update_env(context={"lang": cls._ai_language()})

    @classmethod
    def _ai_language(cls):
        """Code of the installed language that the request asks for; None where it asks for none."""
        installed = [code for code, _name in request.env["res.lang"].get_installed()]
        for wanted in request.httprequest.accept_languages.values():
            wanted = wanted.replace("-", "_")
            for code in installed:
                if code.lower() == wanted.lower() or code.partition("_")[0] == wanted.lower():
                    return code
            for code in installed:
                if code.partition("_")[0] == wanted.partition("_")[0].lower():
                    return code
        return None

    @classmethod
    def _ai_count(cls, key):
        """Refuse a key that asks too often."""
        per_minute = key.per_minute
        wait = BUCKETS.take((request.db, key.id), per_minute) if per_minute > 0 else 0
        if wait:
            raise ApiError(
                429,
                "too_many_requests",
                _(
                    "This key may ask %s times a minute. Wait as long as Retry-After says, or have "
                    "the limit raised in the settings of the AI Recommender.",
                    per_minute,
                ),
                headers={"Retry-After": str(int(wait) + 1)},
            )

    @classmethod
    def _handle_error(cls, exception):
        if request.httprequest.path.startswith(ROOT):
            return as_api_error(exception)
        return super()._handle_error(exception)


def _unauthorized(is_shown):
    message = (
        _("This key is unknown, has been deleted or has expired. Make a new one in My Profile.")
        if is_shown
        else _(
            "Send a key in the header Authorization, as Bearer KEY. Make one in My Profile › "
            "Account Security."
        )
    )
    return ApiError(
        401,
        "invalid_key" if is_shown else "missing_key",
        message,
        headers={"WWW-Authenticate": 'Bearer realm="smart_recommender"'},
    )


def as_api_error(exception):
    """The ApiError that tells of an exception, without a word of what is behind it."""
    if isinstance(exception, ApiError):
        return exception
    if isinstance(exception, HTTPException) and exception.code:
        name = HTTPStatus(exception.code).phrase
        return ApiError(exception.code, name.lower().replace(" ", "_"), name)
    reason = str(exception)
    if isinstance(exception, AccessDenied | AccessError):
        return ApiError(403, "forbidden", reason)
    if isinstance(exception, MissingError):
        return ApiError(404, "not_found", reason)
    if isinstance(exception, UserError):
        return ApiError(400, "refused", reason)
    return ApiError(
        500,
        "server_error",
        _("Something went wrong on the server; its log tells what. Ask an administrator."),
    )
