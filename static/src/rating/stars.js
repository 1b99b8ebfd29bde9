/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

export const MOST_STARS = 5;

/** Stars of five, halves included, with the figure beside them where it is asked for. */
export class Stars extends Component {
    static template = "smart_recommender.Stars";
    static props = { value: Number, figure: { type: Boolean, optional: true } };

    get icons() {
        const halves = Math.round(2 * this.props.value);
        return Array.from({ length: MOST_STARS }, (_empty, place) => {
            const left = halves - 2 * place;
            return left >= 2 ? "fa-star" : left === 1 ? "fa-star-half-o" : "fa-star-o";
        });
    }

    get figure() {
        return formatFloat(this.props.value, { digits: [16, 1] });
    }

    get words() {
        const value = formatFloat(this.props.value, { digits: [16, 1], trailingZeros: false });
        return _t("%s of 5 stars", value);
    }
}

/** A number of stars as a field. */
export class AiStars extends Component {
    static template = "smart_recommender.AiStars";
    static components = { Stars };
    static props = { ...standardFieldProps, figure: { type: Boolean, optional: true } };

    get value() {
        return this.props.record.data[this.props.name] || 0;
    }
}

registry.category("fields").add("ai_stars", {
    component: AiStars,
    displayName: _t("Stars"),
    supportedTypes: ["float", "integer"],
    extractProps: ({ options }) => ({ figure: Boolean(options.figure) }),
});
