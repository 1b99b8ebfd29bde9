"""Routes of the API: what each asks for, who may ask, and what it answers, beside its code.

``endpoint`` makes an Odoo route of a method and remembers its declaration, of which
:mod:`.api_openapi` makes the document. The method gets the values of its parameters and returns
plain data.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from urllib.parse import urlencode

from odoo import _, http
from odoo.exceptions import UserError
from odoo.http import request

from ...models.indicator.ir_http import as_api_error
from ...models.indicator.res_users_apikeys import ADMIN_GROUP, ROLES
from ...tools.api_error import JSON, ApiError
from .api_parameters import COMPANY, read_all

BASE = "/smart_recommender/api/v1"
PUBLIC = "public"
METHODS = ("GET", "HEAD")
# A part of a path that varies, as OpenAPI writes it.
PART = r"{(\w+)}"
ENDPOINTS = []


@dataclass(frozen=True)
class Endpoint:
    """path : below BASE, as OpenAPI writes it; role : the least that may ask, or PUBLIC;
    summary, tag : in English; parameters : Parameters, those of the path among them;
    answer : JSON schema of what comes back, or the name of one in :mod:`.api_schemas`."""

    path: str
    role: str
    summary: str
    answer: object
    parameters: tuple = ()
    tag: str = ""

    @property
    def parts(self):
        """Parameters of the path."""
        return [each for each in self.parameters if each.path]

    @property
    def asked(self):
        """Parameters behind the path."""
        return [each for each in self.parameters if not each.path]


def endpoint(path, role, summary, answer, parameters=(), tag=""):
    """Decorate a method of a controller: it takes (values, **parts of the path) and returns data.

    role : see Endpoint; those with a role take the parameter company_id too, where they take no
    company_ids.
    """
    if role != PUBLIC and "company_ids" not in [each.name for each in parameters]:
        parameters = (*parameters, COMPANY)
    declared = Endpoint(path, role, summary, answer, parameters, tag)
    ENDPOINTS.append(declared)

    def decorate(method):
        # Odoo looks at the signature, which is not that of the method.
        def serve(self, **given):
            return respond(declared, partial(method, self), given)

        serve.__name__, serve.__doc__ = method.__name__, method.__doc__
        return serving(re.sub(PART, r"<string:\1>", path), is_public=role == PUBLIC)(serve)

    return decorate


def serving(*routes, is_public=False):
    """Decorate a method of a controller as an Odoo route below BASE, whatever the HTTP method."""
    return http.route(
        [f"{BASE}/{route}" for route in routes],
        type="http",
        auth="ai_optional" if is_public else "ai_bearer",
        csrf=False,
        save_session=False,
        readonly=True,
    )


def respond(declared, work, given):
    """The response of an Endpoint. work : takes the values of the parameters, and those of the path
    by their names; given : {name: text} of the path."""
    check_method()
    if declared.role != PUBLIC:
        check_role(declared.role)
    parts = {each.name: each.value_of(given[each.name]) for each in declared.parts}
    values = read_all(declared.asked, request.httprequest.args)
    choose_company(values)
    try:
        return answer(work(values, **parts))
    except UserError as refusal:
        # Who asks is told, and the log is spared.
        raise as_api_error(refusal) from refusal


def check_method():
    if request.httprequest.method not in METHODS:
        raise ApiError(
            405,
            "method_not_allowed",
            _("The API only reads: use GET."),
            headers={"Allow": ", ".join(METHODS)},
        )


def check_role(role):
    """Raise ApiError 403 where the key, or its user, may not do what a role may."""
    held = request.env.context["ai_api_role"]
    if ROLES.index(held) < ROLES.index(role):
        raise ApiError(
            403,
            "role_too_low",
            _(
                "This needs a key with the role %(role)s; yours has %(held)s. Make another key.",
                role=role,
                held=held,
            ),
        )
    if role == ROLES[-1] and not request.env.user.has_group(ADMIN_GROUP):
        raise ApiError(403, "forbidden", _("Only administrators may ask for this."))


def choose_company(values):
    """Make the company that a request asks for the active one. values : of its parameters."""
    company_id = values.pop("company_id", None)
    if company_id:
        check_companies([company_id])
        request.update_context(allowed_company_ids=[company_id])


def check_companies(company_ids, parameter="company_id"):
    """Raise ApiError 403 for companies that are none of the user's."""
    own = request.env.user.company_ids.ids
    if not set(company_ids) <= set(own):
        raise ApiError(
            403,
            "foreign_company",
            _("Choose companies of your own: %s.", ", ".join(map(str, own))),
            parameter,
        )


def page(rows, total, values):
    """A page of rows: with the number of all, and the address of the next one."""
    after = values["offset"] + len(rows)
    following = None
    if rows and after < total:
        kept = {**request.httprequest.args.to_dict(), "offset": after}
        following = f"{request.httprequest.path}?{urlencode(kept)}"
    return {
        "data": rows,
        "total": total,
        "limit": values["limit"],
        "offset": values["offset"],
        "next": following,
    }


def answer(data):
    """The response with some data: JSON with a tag, or none where the client has it already."""
    body = json.dumps(data, default=_plain, allow_nan=False, separators=(",", ":"))
    response = request.make_response(
        body, [("Content-Type", JSON), ("Cache-Control", "private, no-cache")]
    )
    response.headers["Vary"] = "Authorization, Accept-Language"
    # A proxy may compress the answer, which is the same then but for its bytes.
    response.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32], weak=True)
    return response.make_conditional(request.httprequest)


def _plain(value):
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat() + "Z"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
