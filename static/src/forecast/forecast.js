/** @odoo-module **/

import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { BAND, BLUE, LINE, ORANGE, ORANGE_INNER_BAND, drawLines, useChart } from "../core/chart";
import { date, percent, units } from "../core/figures";

/**
 * The forecast tab of a product: what was sold, what will be, and how sure that is.
 *
 * Draws the value of `ai_forecast` or `chart` (see the model `ai.forecast`). The canvas says nothing
 * to a screen reader and does not print: a table of weeks says the same.
 */
export class AiForecastChart extends Component {
    static template = "smart_recommender.AiForecastChart";
    static props = { ...standardFieldProps };

    setup() {
        // No step: that which suits how fast the product sells.
        this.state = useState({ variant: 0, step: "" });
        // The pager shows another product in the same component.
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.props.record.resId) {
                this.state.variant = 0;
                this.state.step = "";
            }
        });
        useChart(
            (canvas) => this.draw(canvas),
            () => [this.props.record.data[this.props.name], this.state.variant, this.step]
        );
    }

    get value() {
        const value = this.props.record.data[this.props.name] || {};
        // A forecast's own form has one chart, a product has those of its variants.
        return value.variants ? value : { status: value.state, variants: [value] };
    }

    get variants() {
        return this.value.variants;
    }

    get chart() {
        return this.variants[this.state.variant] || this.variants[0];
    }

    get step() {
        return this.state.step || (this.chart && this.chart.step) || "day";
    }

    get steps() {
        return [
            { name: "day", label: _t("Day") },
            { name: "week", label: _t("Week") },
            { name: "month", label: _t("30 days") },
        ];
    }

    get isDrawn() {
        return Boolean(this.chart && this.chart.state === "ok");
    }

    get emptyTitle() {
        return {
            disabled: _t("Forecasts are switched off"),
            excluded: _t("This product is excluded"),
            service: _t("Services are not forecast"),
            archived: _t("Archived products are not forecast"),
            untrained: _t("Nothing has been forecast yet"),
            no_sales: _t("Never sold until yesterday"),
            not_enough_history: _t("Not enough history"),
            discontinued: _t("No longer sold"),
            only_refunds: _t("Only refunds, no sales"),
        }[this.emptyStatus];
    }

    get emptyHelp() {
        return {
            disabled: _t("An administrator can switch the AI Recommender on in its settings."),
            excluded: _t("Settings › AI Recommender lists what training ignores."),
            service: _t("Settings › AI Recommender can include them."),
            archived: _t("Restore the product to have it forecast by the next training."),
            untrained: _t(
                "A manager can start it from the menu AI Recommender › Training › Run AI Training."
            ),
            no_sales: _t("Its forecast begins two weeks after its first confirmed sale."),
            not_enough_history: _t("A forecast needs at least 14 days since the first sale."),
            discontinued: _t(
                "It has not been sold for a long time (Settings › AI Recommender says how long), so any number would be a guess. The forecast comes back with the next sale."
            ),
            only_refunds: _t("The history window holds credit notes and no sale for them."),
        }[this.emptyStatus];
    }

    get emptyStatus() {
        return this.chart ? this.chart.state : this.value.status || "no_sales";
    }

    get trendLabel() {
        return { up: _t("Rising"), down: _t("Falling"), stable: _t("Stable") }[this.chart.trend];
    }

    get trendIcon() {
        return { up: "fa-arrow-up", down: "fa-arrow-down", stable: "fa-arrow-right" }[
            this.chart.trend
        ];
    }

    get confidence() {
        return _t("History behind it: %s %", Math.round(100 * this.chart.confidence));
    }

    get quality() {
        const { tests, tested, wape, bias } = this.chart;
        if (!tests) {
            return _t(
                "Too new to be tested: the forecast is its level so far, and the ranges are those usual for such sales."
            );
        }
        if (!tested) {
            return _t("Nothing was sold in the months it was tested on: its error is not known.");
        }
        const error = _t(
            "Tested from %s starting days, the 30-day totals were off by %s % of the sales",
            tests,
            Math.round(100 * wape)
        );
        const share = Math.round(100 * bias);
        if (Math.abs(share) < 5) {
            return _t("%s, neither too high nor too low.", error);
        }
        return share > 0
            ? _t("%s, on the whole %s % too high.", error, share)
            : _t("%s, on the whole %s % too low.", error, -share);
    }

    totalLabel(total) {
        return _t("Next %s days", total.days);
    }

    totalRange(total) {
        return _t("%s to %s", units(total.low), units(total.high));
    }

    totalInnerRange(total) {
        return _t("%s to %s", units(total.low_80), units(total.high_80));
    }

    get leftOut() {
        return _t(
            "%s days are left out: no stock, the company closed, or left out by hand.",
            this.chart.left_out
        );
    }

    /** Nothing for null: a week is sold or ahead. */
    units(value) {
        return value === null ? "" : units(value);
    }

    date(text) {
        return date(text);
    }

    percent(share) {
        return percent(share);
    }

    onStep(name) {
        this.state.step = name;
    }

    onVariant(ev) {
        this.state.variant = parseInt(ev.target.value, 10);
    }

    draw(canvas) {
        if (!this.isDrawn) {
            return null;
        }
        const { start, steps, unit } = this.chart;
        const { days, sold, forecast, low, high, low_80, high_80 } = steps[this.step];
        const first = deserializeDate(start).minus({ days: days * sold.length });
        const empty = (count) => new Array(count).fill(null);
        const after = (values) => [...empty(sold.length), ...values];
        const inner = { ...BAND, backgroundColor: ORANGE_INNER_BAND };
        return drawLines(canvas, {
            unit,
            labels: [...sold, ...forecast].map((_value, at) =>
                formatDate(first.plus({ days: days * at }))
            ),
            datasets: [
                { ...BAND, label: _t("At least (95 %)"), data: after(low), fill: false },
                { ...BAND, label: _t("95 % range"), data: after(high), fill: "-1" },
                {
                    ...inner,
                    label: _t("At least (80 %)"),
                    data: after(low_80),
                    fill: false,
                    isLowerEdge: true,
                },
                { ...inner, label: _t("80 % range"), data: after(high_80), fill: "-1" },
                {
                    ...LINE,
                    label: _t("Sold"),
                    data: [...sold, ...empty(forecast.length)],
                    borderColor: BLUE,
                    backgroundColor: BLUE,
                },
                {
                    ...LINE,
                    label: _t("Forecast"),
                    data: after(forecast),
                    borderColor: ORANGE,
                    backgroundColor: ORANGE,
                },
            ],
        });
    }
}

export const aiForecastChart = {
    component: AiForecastChart,
    displayName: _t("Demand Forecast"),
    supportedTypes: ["json"],
};

registry.category("fields").add("ai_forecast_chart", aiForecastChart);
