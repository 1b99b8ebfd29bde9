/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const WIDTH = 120;
const HEIGHT = 28;

/**
 * The days of a figure as a line; days without a value leave a gap.
 *
 * values : numbers or null; format : puts one into words.
 */
export class KpiSparkline extends Component {
    static template = "smart_recommender.KpiSparkline";
    static props = { values: Array, format: Function };

    viewBox = `0 0 ${WIDTH} ${HEIGHT}`;

    get known() {
        return this.props.values.filter((value) => value !== null);
    }

    get label() {
        const { format } = this.props;
        return _t("By day: from %(least)s to %(most)s, last %(last)s", {
            least: format(Math.min(...this.known)),
            most: format(Math.max(...this.known)),
            last: format(this.known[this.known.length - 1]),
        });
    }

    /** One list of points for each stretch of days with a value. */
    get lines() {
        const least = Math.min(...this.known, 0);
        const range = Math.max(...this.known, 0) - least || 1;
        const step = WIDTH / Math.max(this.props.values.length - 1, 1);
        const lines = [[]];
        this.props.values.forEach((value, day) => {
            if (value === null) {
                lines.push([]);
                return;
            }
            const y = HEIGHT - 2 - ((value - least) / range) * (HEIGHT - 4);
            lines[lines.length - 1].push(`${(day * step).toFixed(1)},${y.toFixed(1)}`);
        });
        return lines.filter((points) => points.length > 1).map((points) => points.join(" "));
    }
}
