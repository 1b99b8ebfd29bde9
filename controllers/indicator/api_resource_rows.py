"""Rows of a declared list as JSON, and the schema of them: both follow the fields of the model."""

from .api_schemas import (
    DAY_OR_NONE,
    FLAG,
    INTEGER,
    MOMENT_OR_NONE,
    NUMBER,
    TEXT_OR_NONE,
    many,
    named,
    record,
)

NAMED_OR_NONE = {"anyOf": [named("Row"), {"type": "null"}]}
SCHEMAS = {
    "integer": INTEGER,
    "float": NUMBER,
    "monetary": NUMBER,
    "boolean": FLAG,
    "date": DAY_OR_NONE,
    "datetime": MOMENT_OR_NONE,
    "many2one": NAMED_OR_NONE,
    "many2many": many(named("Row")),
}
# False says that there is none, but for these.
WITHOUT_NONE = ("integer", "float", "monetary", "boolean")


def declared_fields(env, resource):
    """{name: what ``fields_get`` tells} of the fields of a list, in their order."""
    told = env[resource.model].fields_get(resource.fields, ["type", "string", "help", "selection"])
    return {name: told[name] for name in resource.fields}


def row_schema(env, resource, more=()):
    """JSON schema of a row. more : {name: schema} of what a single row has beside the fields."""
    fields = declared_fields(env, resource)
    return record({"id": INTEGER, **{n: _schema(f) for n, f in fields.items()}, **dict(more)})


def _schema(field):
    schema = SCHEMAS.get(field["type"], TEXT_OR_NONE)
    if field["type"] == "selection":
        schema = {**schema, "enum": [*(value for value, _words in field["selection"]), None]}
    words = " · ".join(filter(None, (field["string"], field.get("help"))))
    return {**schema, "description": words}


def as_row(row, resource):
    """JSON-ready dict of a record, read with its own rights."""
    return {"id": row.id, **{name: _value(row, name) for name in resource.fields}}


def _value(row, name):
    field, value = row._fields[name], row[name]
    if field.type == "many2one":
        return _named(value) if value else None
    if field.type == "many2many":
        return [_named(each) for each in value]
    if field.type in WITHOUT_NONE:
        return value
    return value or None


def _named(linked):
    # The name of what the user may not read stands on each screen too, as in Odoo's own lists.
    return {"id": linked.id, "name": linked.sudo().display_name}
