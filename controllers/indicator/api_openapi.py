"""The OpenAPI 3.1 document, made of the declarations that requests are checked by."""

from .api_endpoint import BASE, ENDPOINTS, PUBLIC
from .api_parameters import IDS, LIST
from .api_resources import endpoints
from .api_schemas import SCHEMAS, named
from .api_texts import _lt, in_language

TITLE = _lt("AI Recommender")
INTRODUCTION = _lt(
    "Indicators, forecasts, replenishment, classes, anomalies and rules of your own sales, for "
    "other systems. Send a key with each request (header Authorization, as Bearer KEY); My "
    "Profile › Account Security makes one. A key may do what its role and its user may. Answers "
    "are JSON: amounts in the currency that stands beside them, percentages from 0 to 100, days "
    "as YYYY-MM-DD, moments in UTC. Lists have pages: next is the address of the following one. "
    "Send the ETag of an answer as If-None-Match, and it is sent again only if it has changed."
)
KEY = _lt("A key of the AI Recommender.")
ERRORS = {
    "400": _lt("A parameter is unknown, missing or not understood."),
    "401": _lt("There is no key, or it is not valid."),
    "403": _lt("The key, or its user, may not do that."),
    "404": _lt("There is no such thing."),
    "405": _lt("Only GET and HEAD are allowed."),
    "429": _lt("The key asks too often; Retry-After says when to ask again."),
}
ROLE_WORDS = {
    PUBLIC: _lt("Needs no key."),
    "viewer": _lt("Needs the role viewer, manager or admin."),
    "manager": _lt("Needs the role manager or admin."),
    "admin": _lt("Needs the role admin."),
}


def all_endpoints(env):
    return [*ENDPOINTS, *endpoints(env)]


def document(env, address):
    """The document. address : of the server, without a slash at its end."""
    paths = {f"/{each.path}": {"get": _operation(env, each)} for each in all_endpoints(env)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": in_language(env, TITLE),
            "version": "1",
            "description": in_language(env, INTRODUCTION),
        },
        "servers": [{"url": f"{address}{BASE}"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": in_language(env, KEY),
                }
            },
        },
    }


def _operation(env, each):
    answer = named(each.answer) if isinstance(each.answer, str) else each.answer
    told = {
        "operationId": each.path.replace("/", "_").replace("{", "").replace("}", ""),
        "summary": in_language(env, each.summary),
        "description": in_language(env, ROLE_WORDS[each.role]),
        "tags": [in_language(env, each.tag)],
        "parameters": [_parameter(env, one) for one in each.parameters],
        "responses": {
            "200": {
                "description": in_language(env, each.summary),
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": answer}},
            },
            "304": {"description": in_language(env, _lt("Nothing has changed."))},
            **{status: _error(env, words) for status, words in ERRORS.items()},
        },
    }
    return {**told, "security": [{}, {"key": []}]} if each.role == PUBLIC else told


def _parameter(env, one):
    told = {
        "name": one.name,
        "in": "path" if one.path else "query",
        "required": one.path,
        "description": in_language(env, one.help),
        "schema": one.schema(),
    }
    return {**told, "style": "form", "explode": False} if one.kind in (LIST, IDS) else told


def _error(env, words):
    return {
        "description": in_language(env, words),
        "content": {"application/json": {"schema": named("Error")}},
    }
