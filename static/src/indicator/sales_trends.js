/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { BLUE, ORANGE } from "../core/chart";
import { amount, date, labelled, money } from "../core/figures";
import { Panel, usePanelPart } from "../core/panel";
import { SeriesChart } from "../core/series_chart";

export const STEPS = () => [
    ["day", _t("Days")],
    ["week", _t("Weeks")],
    ["month", _t("Months")],
];

/** Revenue and quantity of each day, week or month of the period. */
export class SalesTrends extends Component {
    static template = "smart_recommender.SalesTrends";
    static components = { Panel, SeriesChart };
    static props = { period: Object, refreshes: Number, onQuotations: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ step: "day" });
        this.steps = STEPS();
        this.part = usePanelPart(
            this,
            ({ period }) => this.orm.call("ai.dashboard", "get_trends", [period, this.state.step]),
            ({ period }) => JSON.stringify(period)
        );
    }

    onStep(step) {
        this.state.step = step;
        this.part.read();
    }

    get data() {
        return this.part.data;
    }

    get isEmpty() {
        return this.data.rows.every(({ orders, revenue }) => !orders && !revenue);
    }

    get title() {
        return this.data && this.data.is_own ? _t("Your Sales Over Time") : _t("Sales Over Time");
    }

    get summary() {
        const sum = (name) => this.data.rows.reduce((total, row) => total + row[name], 0);
        return [
            labelled(_t("Net Revenue"), this.money(sum("revenue"))),
            labelled(_t("Orders"), amount(sum("orders"))),
            labelled(_t("Quantity"), amount(sum("quantity"))),
        ].join(" · ");
    }

    get labels() {
        return this.data.rows.map((row) => date(row.date));
    }

    get head() {
        return _t("From");
    }

    get series() {
        const values = (name) => this.data.rows.map((row) => row[name]);
        return [
            {
                label: _t("Net Revenue"),
                values: values("revenue"),
                color: BLUE,
                type: "bar",
                axis: "y",
                format: (value) => this.money(value),
            },
            {
                label: _t("Quantity"),
                title: _t("Quantity, each in its own unit"),
                values: values("quantity"),
                color: ORANGE,
                type: "line",
                axis: "y1",
                format: amount,
            },
        ];
    }

    money(value) {
        return money(value, this.data.currency_id);
    }
}
