"""What a telephone exchange tells Odoo, with the key of its company in the header Authorization.

    POST /smart_recommender/telephony/event    JSON, or the same names as a form
        of a call that has ended, moments in seconds since 1970:
            call_id, direction (in, out), caller, called, extension, started, answered, ended,
            billsec, disposition, parent_id, consent
        of a caller who begins to wait: event=queue_join, call_id, caller, queue
        and waits no longer: event=queue_leave, call_id
    PUT /smart_recommender/telephony/recording/<call_id>    a WAV, WebM, Ogg or MP3 file

Answers are JSON: {"status": "ok", "call_id": id or false}, or {"error": text} with 400 (makes no
sense), 401 (key), 404 (no such call), 409 (must not be recorded), 411, 413 (size), 429
(too often).
"""

import json
import re

from odoo import SUPERUSER_ID, http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from ...tools.token_bucket import Buckets

PER_MINUTE = 600
WRONG_PER_MINUTE = 30
LARGEST_EVENT = 16 * 1024
LARGEST_RECORDING = 100 * 1024 * 1024
BUCKETS = Buckets()
_BEARER = re.compile(r"bearer\s+(\S{1,200})\s*", re.IGNORECASE)


class Refusal(Exception):
    """status : of HTTP; words : why, for whoever set up the exchange."""

    def __init__(self, status, words, **headers):
        super().__init__(words)
        self.status, self.words, self.headers = status, words, headers


def answered(work):
    """What a function returns as the answer, or why it refused."""
    try:
        with request.env.cr.savepoint():
            return request.make_json_response({"status": "ok", **work()})
    except Refusal as refusal:
        return request.make_json_response(
            {"error": refusal.words}, headers=list(refusal.headers.items()), status=refusal.status
        )
    except (UserError, ValidationError) as error:
        return request.make_json_response({"error": str(error)}, status=400)


def exchange():
    """The exchange whose key the request shows, as superuser in its company. Raises Refusal."""
    shown = _BEARER.fullmatch(request.httprequest.headers.get("Authorization", ""))
    address = (request.db, request.httprequest.remote_addr)
    server = request.env["ai.telephony.server"].sudo()._by_key(shown[1] if shown else "")
    if not server:
        _count(address, WRONG_PER_MINUTE)
        raise Refusal(
            401,
            "Send the key of the exchange in the header Authorization, as Bearer KEY.",
            **{"WWW-Authenticate": 'Bearer realm="smart_recommender"'},
        )
    _count((request.db, "server", server.id), PER_MINUTE)
    company = server.company_id
    return (
        server.with_user(SUPERUSER_ID)
        .with_company(company)
        .with_context(allowed_company_ids=company.ids, lang=company.partner_id.lang)
    )


def _count(key, per_minute):
    wait = BUCKETS.take(key, per_minute)
    if wait:
        raise Refusal(
            429,
            "Too many requests: wait as long as Retry-After says.",
            **{"Retry-After": str(int(wait) + 1)},
        )


def check_size(largest):
    """Raise a Refusal for a body that is too large, or whose size is not said."""
    size = request.httprequest.content_length
    if size is None:
        raise Refusal(411, "Send the size of the body in the header Content-Length.")
    if size > largest:
        raise Refusal(413, f"The body is larger than {largest} bytes.")


class TelephonyEvent(http.Controller):
    @http.route(
        "/smart_recommender/telephony/event",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def event(self, **form):
        """The exchange tells of a call or a queue."""

        def work():
            server = exchange()
            check_size(LARGEST_EVENT)
            calls = server.env["ai.call"]
            return {"call_id": calls._exchange_event(server, _values(form))}

        return answered(work)


def _values(form):
    """What was sent, as a dict. Raises Refusal."""
    if request.httprequest.mimetype != "application/json":
        return form
    try:
        values = json.loads(request.httprequest.get_data())
    except ValueError as error:
        raise Refusal(400, "The body is no JSON.") from error
    if not isinstance(values, dict):
        raise Refusal(400, "The body is no JSON object.")
    return values
