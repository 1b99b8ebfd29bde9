/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { BAND, BLUE, GREY, LINE, drawLines, useChart } from "../core/chart";
import { date, money } from "../core/figures";

/**
 * The effect on the revenue of a quotation, week by week, with its range.
 *
 * The canvas says nothing to a screen reader and does not print: a table of the same weeks does.
 */
export class EffectChart extends Component {
    static template = "smart_recommender.EffectChart";
    static props = { weeks: Array, currencyId: Number };

    setup() {
        useChart(
            (canvas) => this.draw(canvas),
            () => [this.props.weeks]
        );
    }

    /** Weeks of which something is known. */
    get weeks() {
        return this.props.weeks.filter((week) => week.effect !== null);
    }

    day(week) {
        return date(week.date);
    }

    money(value) {
        return money(value, this.props.currencyId);
    }

    range(week) {
        return _t("%s to %s", this.money(week.low), this.money(week.high));
    }

    draw(canvas) {
        const { weeks } = this;
        const values = (name) => weeks.map((week) => week[name]);
        return drawLines(canvas, {
            labels: weeks.map((week) => this.day(week)),
            unit: _t("Revenue per quotation"),
            datasets: [
                { ...BAND, label: _t("At least"), data: values("low"), fill: false },
                {
                    ...BAND,
                    label: _t("Range that holds the effect"),
                    data: values("high"),
                    fill: "-1",
                },
                {
                    ...LINE,
                    label: _t("No effect"),
                    data: weeks.map(() => 0),
                    borderWidth: 1,
                    borderColor: GREY,
                    backgroundColor: GREY,
                },
                {
                    ...LINE,
                    label: _t("Effect of suggestions"),
                    data: values("effect"),
                    borderColor: BLUE,
                    backgroundColor: BLUE,
                },
            ],
        });
    }
}
