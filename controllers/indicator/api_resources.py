"""The lists that subjects declare in ``ai.api.resource``, read with the rights of who asks."""

from odoo import _, http
from odoo.http import request

from ...tools.api_error import ApiError
from ...tools.compat import check_access
from .api_endpoint import Endpoint, check_method, page, respond, serving
from .api_parameters import COMPANY, DATE, FLAG, INTEGER, PAGE, TEXT, Parameter
from .api_resource_rows import as_row, declared_fields, row_schema
from .api_schemas import page_of
from .api_texts import _lt, in_language

TAG = _lt("Lists")
ROLE = "manager"
DAYS = Parameter(
    "days", INTEGER, _lt("Days ahead that are told one by one."), choices=(7, 30, 90), default=90
)
# Of filters, by the type of their field; dates have two.
KINDS = {"many2one": INTEGER, "selection": TEXT, "boolean": FLAG}


class ApiResources(http.Controller):
    @serving("<string:resource>", "<string:resource>/<string:key>")
    def show(self, resource, key=None, **_given):
        declared = request.env["ai.api.resource"]._resources().get(resource)
        if declared is None or (key and not declared.item_by):
            raise unknown()
        if key is None:
            return respond(list_endpoint(request.env, resource, declared), _reader(declared), {})
        one = item_endpoint(request.env, resource, declared)
        return respond(one, _item_reader(declared), {one.parts[0].name: key})

    @serving("<path:anything>", is_public=True)
    def unknown(self, **_given):
        check_method()
        raise unknown()


def unknown():
    message = _("There is nothing here. openapi.json lists all routes.")
    return ApiError(404, "unknown_route", message)


def endpoints(env):
    """Endpoints of the lists and their single rows."""
    for name, resource in sorted(env["ai.api.resource"]._resources().items()):
        yield list_endpoint(env, name, resource)
        if resource.item_by:
            yield item_endpoint(env, name, resource)


def list_endpoint(env, name, resource):
    filters = tuple(_filters(env, resource))
    schema = page_of(row_schema(env, resource))
    return Endpoint(name, ROLE, resource.summary, schema, (*filters, *PAGE, COMPANY), TAG)


def item_endpoint(env, name, resource):
    field = declared_fields(env, resource)[resource.item_by]
    key = Parameter(
        resource.item_by.removesuffix("_id"), INTEGER, field["string"], low=1, path=True
    )
    schema = row_schema(env, resource, dict(resource.item_schema))
    path = f"{name}/{{{key.name}}}"
    return Endpoint(path, ROLE, resource.summary, schema, (key, DAYS, COMPANY), TAG)


def _filters(env, resource):
    described = env[resource.model].fields_get(resource.filters, ["type", "string", "selection"])
    for name in resource.filters:
        field = described[name]
        if field["type"] == "date":
            for end, words in {
                "from": _lt("on this day or later"),
                "to": _lt("or earlier"),
            }.items():
                words = in_language(env, words)
                yield Parameter(f"{name}_{end}", DATE, f"{field['string']}, {words}")
        else:
            choices = tuple(value for value, _words in field.get("selection", ()))
            low = 1 if field["type"] == "many2one" else 0
            yield Parameter(name, KINDS[field["type"]], field["string"], choices, low)


def _domain(resource, values):
    domain = [("company_id", "in", [False, request.env.company.id]), *resource.domain]
    for name in resource.filters:
        for key, operator in ((name, "="), (f"{name}_from", ">="), (f"{name}_to", "<=")):
            if values.get(key) is not None:
                domain.append((name, operator, values[key]))
    return domain


def _reader(resource):
    def read(values):
        model = request.env[resource.model]
        check_access(model, "read")
        domain = _domain(resource, values)
        total = model.search_count(domain)
        found = model.search(
            domain, limit=values["limit"], offset=values["offset"], order=resource.order
        )
        return page([as_row(each, resource) for each in found], total, values)

    return read


def _item_reader(resource):
    def read(values, **key):
        [record_id] = key.values()
        model = request.env[resource.model]
        check_access(model, "read")
        domain = [*_domain(resource, {}), (resource.item_by, "=", record_id)]
        row = model.search(domain, limit=1)
        if not row:
            raise ApiError(
                404,
                "not_found",
                _("There is none of %(id)s in this company.", id=record_id),
                *key,
            )
        more = getattr(request.env["ai.api.resource"], resource.item_method)(row, values["days"])
        return {**as_row(row, resource), **more}

    return read
