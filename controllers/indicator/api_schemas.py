"""JSON schemas of what the API answers, by name; tests hold each answer against them."""


def record(properties, optional=()):
    """An object that has these properties and no others. properties : {name: schema}."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def many(item):
    return {"type": "array", "items": item}


def page_of(item):
    """What ``api_endpoint.page`` makes of rows."""
    return record(
        {
            "data": many(item),
            "total": INTEGER,
            "limit": INTEGER,
            "offset": INTEGER,
            "next": {"type": ["string", "null"]},
        }
    )


def named(name):
    return {"$ref": f"#/components/schemas/{name}"}


TEXT, INTEGER, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}
FLAG, DAY = {"type": "boolean"}, {"type": "string", "format": "date"}
NUMBER_OR_NONE, TEXT_OR_NONE = {"type": ["number", "null"]}, {"type": ["string", "null"]}
DAY_OR_NONE = {"type": ["string", "null"], "format": "date"}
MOMENT_OR_NONE = {"type": ["string", "null"], "format": "date-time"}
SCOPE = {"type": "string", "enum": ["own", "all"]}
STATUS = {"type": "string", "enum": ["ok", "degraded", "failed"]}

DESCRIBED = {
    "code": TEXT,
    "name": TEXT,
    "formula": TEXT,
    "category": TEXT,
    "kind": TEXT,
    "unit": TEXT,
    "direction": {"type": "string", "enum": ["up", "down", "none"]},
}
CHANGE = {
    "value": NUMBER_OR_NONE,
    "previous": NUMBER_OR_NONE,
    "change": NUMBER_OR_NONE,
    "change_unit": {"type": "string", "enum": ["percent", "points", ""]},
    "trend": {"type": "string", "enum": ["good", "bad", "flat", ""]},
    "reason": TEXT,
}
PERIOD = {"date_from": DAY, "date_to": DAY}
BOTH_PERIODS = {**PERIOD, "previous_from": DAY, "previous_to": DAY}
FRAME = {"company_id": INTEGER, "currency": TEXT, "scope": SCOPE}

SCHEMAS = {
    "Error": record(
        {"error": record({"code": TEXT, "message": TEXT, "parameter": TEXT}, ("parameter",))}
    ),
    "Figure": record({**DESCRIBED, **CHANGE, "note": TEXT, "is_live": FLAG}),
    "Metrics": record(
        {
            **BOTH_PERIODS,
            **FRAME,
            "as_of": MOMENT_OR_NONE,
            "data": many(named("Figure")),
        }
    ),
    "Metric": record(
        {
            **BOTH_PERIODS,
            **FRAME,
            "as_of": MOMENT_OR_NONE,
            "figure": named("Figure"),
            "history": page_of(record({"date": DAY, "value": NUMBER_OR_NONE})),
        }
    ),
    "Catalog": record({"data": many(record({**DESCRIBED, "category_name": TEXT, "scope": SCOPE}))}),
    "Comparison": record(
        {
            **PERIOD,
            "currency": TEXT,
            "companies": many(
                record(
                    {
                        "id": INTEGER,
                        "name": TEXT,
                        "currency": TEXT,
                        "rate": NUMBER,
                        "as_of": MOMENT_OR_NONE,
                    }
                )
            ),
            "data": many(
                record(
                    {
                        **{name: DESCRIBED[name] for name in ("code", "name", "unit", "direction")},
                        "values": many(
                            record({"company_id": INTEGER, **CHANGE, "converted": NUMBER_OR_NONE})
                        ),
                    }
                )
            ),
        }
    ),
    "Overview": record(
        {
            **BOTH_PERIODS,
            **FRAME,
            "as_of": MOMENT_OR_NONE,
            "today": record({"date": DAY, "revenue": NUMBER_OR_NONE, "orders": NUMBER_OR_NONE}),
            "data": many(named("Figure")),
        }
    ),
    "Trends": record(
        {
            **PERIOD,
            **FRAME,
            "step": TEXT,
            "data": many(
                record({"date": DAY, "quantity": NUMBER, "revenue": NUMBER, "orders": INTEGER})
            ),
        }
    ),
    "TopProducts": record(
        {
            **PERIOD,
            **FRAME,
            "by": TEXT,
            "data": many(
                record(
                    {
                        "product_id": INTEGER,
                        "name": TEXT,
                        "default_code": TEXT,
                        "uom": TEXT,
                        "quantity": NUMBER,
                        "revenue": NUMBER,
                        "share": NUMBER_OR_NONE,
                    }
                )
            ),
            "rest": record({"count": INTEGER, "revenue": NUMBER}),
            "total": record({"count": INTEGER, "revenue": NUMBER}),
        }
    ),
    "StockStatus": record(
        {
            "company_id": INTEGER,
            "data": many(record({"code": TEXT, "name": TEXT, "count": INTEGER})),
            "reason": TEXT,
        }
    ),
    "Health": record(
        {
            "status": STATUS,
            "at": MOMENT_OR_NONE,
            "checks": many(
                record(
                    {
                        "code": TEXT,
                        "area": TEXT,
                        "name": TEXT,
                        "status": STATUS,
                        "text": TEXT,
                        "company_id": {"type": ["integer", "null"]},
                        "values": {"type": "object"},
                    }
                )
            ),
        },
        ("at", "checks"),
    ),
    "Row": record({"id": INTEGER, "name": TEXT}),
}
