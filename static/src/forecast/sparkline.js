/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const WIDTH = 96;
const HEIGHT = 24;

/** A line of weeks in a cell of a list: sold, then forecast. A canvas a row would be too heavy. */
export class AiSparkline extends Component {
    static template = "smart_recommender.AiSparkline";
    static props = { ...standardFieldProps };

    width = WIDTH;
    height = HEIGHT;

    get value() {
        const { history = [], forecast = [] } = this.props.record.data[this.props.name] || {};
        return { history, forecast };
    }

    get label() {
        const { history, forecast } = this.value;
        const sum = (values) => Math.round(values.reduce((total, value) => total + value, 0));
        return _t(
            "%s sold in %s weeks, %s expected in %s",
            sum(history),
            history.length,
            sum(forecast),
            forecast.length
        );
    }

    get points() {
        const { history, forecast } = this.value;
        const most = Math.max(...history, ...forecast, 1);
        const step = WIDTH / Math.max(history.length + forecast.length - 1, 1);
        const point = (value, at) =>
            `${(at * step).toFixed(1)},${(HEIGHT - 1 - (value / most) * (HEIGHT - 2)).toFixed(1)}`;
        // The forecast begins where the history ends, without a gap.
        const last = history.slice(-1);
        return {
            history: history.map(point).join(" "),
            forecast: [...last, ...forecast]
                .map((value, at) => point(value, history.length - last.length + at))
                .join(" "),
        };
    }
}

registry.category("fields").add("ai_sparkline", {
    component: AiSparkline,
    displayName: _t("Sparkline"),
    supportedTypes: ["json"],
});
