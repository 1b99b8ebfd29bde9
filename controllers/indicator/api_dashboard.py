"""The parts of the dashboard over the API, one company at a time."""

from odoo import _, http
from odoo.http import request

from ...tools.api_error import ApiError
from .api_endpoint import endpoint
from .api_kpi import figure, figures, frame
from .api_parameters import INTEGER, PERIOD, TEXT, Parameter, period_of
from .api_texts import _lt

TAG = _lt("Dashboard")
OVERVIEW = (
    "revenue",
    "revenue_growth",
    "orders",
    "average_order_value",
    "gross_margin",
    "active_clients",
    "on_time",
    "stock_value",
    "below_reorder_point",
    "forecast_error",
    "anomalies",
    "suggestion_uptake",
)
# Code of the strip, which the subject that knows stock adds.
STOCK = "stock"
STEP = Parameter(
    "step", TEXT, _lt("What a row stands for."), choices=("day", "week", "month"), default="day"
)
BY = Parameter("by", TEXT, _lt("What is best."), choices=("revenue", "quantity"), default="revenue")
COUNT = Parameter("limit", INTEGER, _lt("How many products."), low=1, high=100, default=10)


class ApiDashboard(http.Controller):
    @endpoint(
        "dashboard/overview",
        "viewer",
        _lt("Today so far, and the figures that matter most"),
        "Overview",
        PERIOD,
        TAG,
    )
    def overview(self, values):
        codes = request.env["ai.kpi"]._visible(list(OVERVIEW)).mapped("code")
        if not codes:
            raise ApiError(403, "forbidden", _("The user of this key may see no indicator."))
        found = figures(period_of(values), codes)
        today = request.env["ai.kpi.reader"].get_today()
        return {
            **frame(found),
            "today": {name: today[name] for name in ("date", "revenue", "orders")},
            "data": list(map(figure, found["figures"])),
        }

    @endpoint(
        "dashboard/sales_trends",
        "viewer",
        _lt("Quantity, revenue net of refunds and orders, by day, week or month"),
        "Trends",
        (*PERIOD, STEP),
        TAG,
    )
    def sales_trends(self, values):
        scope = _sales_scope(values)
        # The scope holds what the user may read.
        rows = request.env["ai.sales.ledger"].sudo()._trends(scope, values["step"])
        return {**_sales_frame(scope), "step": values["step"], "data": rows}

    @endpoint(
        "dashboard/top_products",
        "viewer",
        _lt("The product variants that sold best, and the rest"),
        "TopProducts",
        (*PERIOD, BY, COUNT),
        TAG,
    )
    def top_products(self, values):
        scope = _sales_scope(values)
        ledger = request.env["ai.sales.ledger"].sudo()
        found = ledger._top_products(scope, values["by"], values["limit"])
        return {
            **_sales_frame(scope),
            "by": values["by"],
            "data": found["rows"],
            "rest": found["rest"],
            "total": found["total"],
        }

    @endpoint(
        "dashboard/stock_status",
        "viewer",
        _lt("How many products of warehouses are out of stock, low, well stocked or overstocked"),
        "StockStatus",
        tag=TAG,
    )
    def stock_status(self, _values):
        strips = request.env["ai.dashboard.strip"]
        if STOCK not in strips._strips():
            raise ApiError(403, "forbidden", _("Stock is for those who see the replenishment."))
        strip = strips._strip(STOCK, request.env.company)
        return {
            "company_id": request.env.company.id,
            "data": [
                {"code": tile["code"], "name": tile["label"], "count": tile["value"]}
                for tile in strip["tiles"]
            ],
            "reason": strip["empty"],
        }


def _sales_scope(values):
    """Scope of the sales that the user may see; ApiError 403 for who sells nothing."""
    if "own" not in request.env["ai.kpi"]._audiences():
        raise ApiError(403, "forbidden", _("Sales are for those who sell."))
    reader, company = request.env["ai.kpi.reader"], request.env.company
    period = reader._period(period_of(values), company)
    return reader._scope(company, period.date_from, period.date_to)


def _sales_frame(scope):
    return {
        "date_from": scope.date_from.isoformat(),
        "date_to": scope.date_to.isoformat(),
        "company_id": scope.company.id,
        "currency": scope.company.currency_id.name,
        "scope": "all" if scope.orders is None else "own",
    }
