"""What the API is: its OpenAPI document, a page that shows it, and whether the server is well."""

from odoo import http
from odoo.http import request

from .api_endpoint import (
    BASE,
    PUBLIC,
    answer,
    check_method,
    check_role,
    endpoint,
    serving,
)
from .api_openapi import ERRORS, all_endpoints, document
from .api_texts import _lt, in_language

TAG = _lt("Server")


class ApiDocs(http.Controller):
    @endpoint(
        "health",
        PUBLIC,
        _lt("Whether the server answers; with a key of an administrator, how all parts are"),
        "Health",
        tag=TAG,
    )
    def health(self, _values):
        if "ai_api_role" not in request.env.context:
            return {"status": "ok"}
        check_role("admin")
        return request.env["ai.health"]._report()

    @serving("openapi.json", is_public=True)
    def openapi(self, **_given):
        check_method()
        return answer(document(request.env, request.httprequest.host_url.rstrip("/")))

    @serving("", "docs", is_public=True)
    def docs(self, **_given):
        check_method()
        env, address = request.env, request.httprequest.host_url.rstrip("/")
        told = document(env, address)
        groups = {}
        for each in all_endpoints(env):
            operation = told["paths"][f"/{each.path}"]["get"]
            groups.setdefault(in_language(env, each.tag), []).append(
                {**operation, "path": each.path, "answer": _as_text(operation, told)}
            )
        values = {
            "told": told,
            "groups": groups,
            "errors": [(status, in_language(env, words)) for status, words in ERRORS.items()],
            "base": f"{address}{BASE}",
            "language": (env.lang or "en_US").partition("_")[0],
        }
        return request.render("smart_recommender.api_docs", values)


def _as_text(operation, told):
    """The schema of an answer as people read it: names and types, indented."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return "\n".join(_lines(schema, told["components"]["schemas"], ""))


def _lines(schema, named, indent):
    schema = _found(schema, named)
    if schema.get("type") == "array":
        yield f"{indent}[{_type_of(schema['items'], named)}]"
        yield from _lines(schema["items"], named, f"{indent}  ")
    for name, part in schema.get("properties", {}).items():
        yield f"{indent}{name}: {_type_of(part, named)}"
        inner = _found(part, named)
        if inner.get("type") == "array":
            inner = _found(inner["items"], named)
        yield from _lines(inner, named, f"{indent}  ") if "properties" in inner else ()


def _found(schema, named):
    """A schema itself where there is only its name, or another choice of none."""
    if "anyOf" in schema:
        schema = schema["anyOf"][0]
    return named[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _type_of(schema, named):
    inner = _found(schema, named)
    types = inner.get("type", "object")
    words = " | ".join(types) if isinstance(types, list) else types
    if words == "array":
        words = f"array of {_type_of(inner['items'], named)}"
    words += " | null" if "anyOf" in schema else ""
    detail = inner.get("format") or ", ".join(str(each) for each in inner.get("enum", ()) if each)
    return f"{words} ({detail})" if detail else words
