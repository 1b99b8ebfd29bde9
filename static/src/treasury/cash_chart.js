/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { BAND, GREY, LINE, ORANGE, RED, drawLines, useChart } from "../core/chart";
import { amount, date, labelled, money } from "../core/figures";

const DASHED = { ...LINE, borderDash: [6, 4] };

/**
 * Bank and cash day by day: the median, the range that holds 80 %, the limit, and what was expected
 * without the what-if.
 *
 * days : [{date, low, median, high}]; base : the same without the what-if, or null; limit : amount
 * or false; hasRange : whether a range is known. The canvas says nothing to a screen reader: the table by week does.
 */
export class CashChart extends Component {
    static template = "smart_recommender.CashChart";
    static props = {
        days: Array,
        base: { type: [Array, { value: null }] },
        limit: [Number, Boolean],
        hasRange: Boolean,
        currencyId: Number,
    };

    setup() {
        useChart(
            (canvas) => this.draw(canvas),
            () => [JSON.stringify([this.props.days, this.props.base, this.props.limit])]
        );
    }

    draw(canvas) {
        const { days, base, limit, hasRange, currencyId } = this.props;
        const values = (name) => days.map((day) => day[name]);
        const median = hasRange ? _t("Median") : _t("On the due day");
        const lines = [[LINE, ORANGE, median, values("median")]];
        const band = hasRange && [
            { ...BAND, label: _t("At least (80 %)"), data: values("low"), fill: false },
            { ...BAND, label: _t("80 % range"), data: values("high"), fill: "-1" },
        ];
        if (base) {
            lines.push([DASHED, GREY, _t("As it is now"), base.map(({ median }) => median)]);
        }
        if (limit) {
            lines.push([DASHED, RED, _t("Least cash"), days.map(() => limit)]);
        }
        return drawLines(canvas, {
            labels: values("date").map(date),
            hasBand: hasRange,
            unit: _t("Bank and cash"),
            scale: { beginAtZero: false, ticks: { callback: (value) => amount(value) } },
            tooltip: {
                label: ({ dataset, parsed }) =>
                    labelled(dataset.label, money(parsed.y, currencyId)),
            },
            datasets: [
                ...(band || []),
                ...lines.map(([kind, color, label, data]) => ({
                    ...kind,
                    label,
                    data,
                    borderColor: color,
                    backgroundColor: color,
                })),
            ],
        });
    }
}
