/** @odoo-module **/

import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { _t } from "@web/core/l10n/translation";
import { PALETTE } from "../core/chart";
import { amount, inPercent, money } from "../core/figures";
import { Panel, usePanelPart } from "../core/panel";
import { PieChart } from "../core/pie_chart";
import { SeriesChart } from "../core/series_chart";

/** Minutes in words: 4.5 min, or 3 h 20 min. */
function minutes(value) {
    if (value < 60) {
        return _t("%s min", amount(value));
    }
    const whole = Math.round(value);
    return _t("%(hours)s h %(minutes)s min", {
        hours: Math.floor(whole / 60),
        minutes: whole % 60,
    });
}

/**
 * A block of the statistics, see `ai.call.statistics`: its figures large, as a chart, as a table, or
 * as both.
 */
export class StatisticsBlock extends Component {
    static template = "smart_recommender.StatisticsBlock";
    static components = { Panel, PieChart, SeriesChart };
    static props = { code: String, period: Object, userId: [Number, { value: false }] };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.part = usePanelPart(
            this,
            ({ code, period, userId }) =>
                this.orm.call("ai.call.statistics", "get_block", [code, period, userId]),
            ({ period, userId }) => JSON.stringify([period, userId])
        );
    }

    get data() {
        return this.part.data;
    }

    get title() {
        return this.data ? this.data.title : "";
    }

    get note() {
        const hasMoney = this.data && this.data.series.some(({ unit }) => unit === "money");
        const notes = this.data ? [this.data.note, hasMoney ? this.data.conversion : ""] : [];
        return notes.filter(Boolean).join(" ");
    }

    get labels() {
        return this.data.rows.map(({ label }) => label);
    }

    values(place) {
        return this.data.rows.map(({ values }) => values[place] || 0);
    }

    /** What the chart draws; what has another unit than the first series has a scale of its own. */
    get series() {
        const { chart, series } = this.data;
        const [first] = series;
        return series
            .map((each, place) => ({
                ...each,
                values: this.values(place),
                color: PALETTE[place],
                type: chart,
                axis: each.unit === first.unit ? "y" : "y1",
                format: this.format(each),
            }))
            .filter((each) => each.is_drawn);
    }

    get isTable() {
        const { chart, series } = this.data;
        return ["", "pie"].includes(chart) || series.some((each) => !each.is_drawn);
    }

    get figures() {
        const { series, rows } = this.data;
        return series.map((each, place) => ({
            label: each.label,
            value: this.text(rows[0].values[place], each),
        }));
    }

    format(series) {
        return (value) => this.text(value, series);
    }

    text(value, { unit }) {
        if (value === null) {
            return "–";
        }
        switch (unit) {
            case "money":
                return money(value, this.data.currency_id);
            case "minutes":
                return minutes(value);
            case "percent":
                return inPercent(value / 100, 1);
            default:
                return amount(value);
        }
    }

    onRow(row) {
        this.action.doAction(row.action);
    }
}
