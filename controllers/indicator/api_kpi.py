"""Indicators over the API: what ``ai.kpi.reader`` gives the dashboard, for programs."""

from odoo import _, http
from odoo.http import request

from ...tools.api_error import ApiError
from .api_endpoint import check_companies, endpoint, page
from .api_parameters import IDS, LIST, PAGE, PERIOD, TEXT, Parameter, period_of
from .api_texts import _lt

TAG = _lt("Indicators")
CODES = Parameter("codes", LIST, _lt("Codes of indicators; without them all that you may see."))
CODE = Parameter("code", TEXT, _lt("Code of an indicator, as in the catalog."), path=True)
COMPANIES = Parameter(
    "company_ids", IDS, _lt("Ids of your companies; without them all of these."), low=1
)
DESCRIBED = ("code", "name", "category", "kind", "unit", "direction")
CHANGE = ("value", "previous", "change", "change_unit", "trend", "reason")


class ApiKpi(http.Controller):
    @endpoint("kpi/catalog", "viewer", _lt("The indicators that you may see"), "Catalog", tag=TAG)
    def catalog(self, _values):
        found = request.env["ai.kpi.reader"].get_catalog()
        names = ("category_name", "scope")
        return {"data": [{**described(each), **_some(each, names)} for each in found]}

    @endpoint(
        "kpi/metrics",
        "viewer",
        _lt("Values of indicators, and those of the period before"),
        "Metrics",
        (*PERIOD, CODES),
        TAG,
    )
    def metrics(self, values):
        found = figures(period_of(values), visible(values["codes"]))
        return {**frame(found), "data": list(map(figure, found["figures"]))}

    @endpoint(
        "kpi/metric/{code}",
        "viewer",
        _lt("One indicator with its history, a value a day, the newest first"),
        "Metric",
        (CODE, *PERIOD, *PAGE),
        TAG,
    )
    def metric(self, values, code):
        if code not in known_codes():
            raise ApiError(
                404,
                "unknown_indicator",
                _("There is no indicator %s. kpi/catalog lists yours.", code),
                "code",
            )
        found = figures(period_of(values), visible([code]), history=True)
        [one] = found["figures"]
        days = one["history"][::-1]
        rows = days[values["offset"] :][: values["limit"]]
        return {
            **frame(found),
            "figure": figure(one),
            "history": page(
                [{"date": day, "value": value} for day, value in rows], len(days), values
            ),
        }

    @endpoint(
        "kpi/comparison",
        "viewer",
        _lt("Indicators of companies side by side, in their own currencies and in the first's"),
        "Comparison",
        (*PERIOD, CODES, COMPANIES),
        TAG,
    )
    def comparison(self, values):
        company_ids = values["company_ids"] or request.env.user.company_ids.ids
        check_companies(company_ids, "company_ids")
        request.update_context(allowed_company_ids=company_ids)
        codes = visible(values["codes"])
        found = request.env["ai.kpi.reader"].get_comparison(period_of(values), codes, company_ids)
        names = ("id", "name", "currency", "rate")
        return {
            **_some(found, ("date_from", "date_to", "currency")),
            "companies": [
                {**_some(company, names), "as_of": moment(company["as_of"])}
                for company in found["companies"]
            ],
            "data": [
                {
                    **_some(row, ("code", "name", "unit", "direction")),
                    "values": [
                        _some(value, ("company_id", *CHANGE, "converted"))
                        for value in row["values"]
                    ],
                }
                for row in found["rows"]
            ],
        }


def visible(codes):
    """Codes as they were asked for; ApiError where there is no such indicator, or it is not for the
    user. codes : None for all."""
    if codes is None:
        return None
    kpis, known = request.env["ai.kpi"], known_codes()
    for code in codes:
        if code not in known:
            raise ApiError(
                400,
                "invalid_parameter",
                _("There is no indicator %s. kpi/catalog lists yours.", code),
                "codes",
            )
    hidden = sorted({*codes} - {*kpis._visible(codes)._codes()})
    if hidden:
        raise ApiError(
            403,
            "forbidden",
            _("The user of this key may not see: %s.", ", ".join(hidden)),
            "codes",
        )
    return codes


def known_codes():
    return {code for _id, code, _audience in request.env["ai.kpi"]._catalogue()}


def figures(period, codes, history=False):
    return request.env["ai.kpi.reader"].get_figures(period, codes, history=history)


def frame(found):
    """What figures are of: days, company, currency, whose documents."""
    names = ("date_from", "date_to", "previous_from", "previous_to", "currency", "scope")
    return {
        **_some(found, names),
        "company_id": found["companies"][0]["id"],
        "as_of": moment(found["as_of"]),
    }


def figure(found):
    return {**described(found), **_some(found, (*CHANGE, "note", "is_live"))}


def described(found):
    return {**_some(found, DESCRIBED), "formula": found["help"]}


def moment(text):
    """An Odoo moment in UTC as ISO 8601; None where there is none."""
    return f"{text.replace(' ', 'T')}Z" if text else None


def _some(found, names):
    return {name: found[name] for name in names}
