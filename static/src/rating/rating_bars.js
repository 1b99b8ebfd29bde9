/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Stars } from "./stars";

/** The stars of a product: both means and why they differ, and how many gave five, four, … */
export class AiRatingBars extends Component {
    static template = "smart_recommender.AiRatingBars";
    static components = { Stars };
    static props = { ...standardFieldProps };

    get figures() {
        return this.props.record.data[this.props.name];
    }

    get bars() {
        const { count, stars } = this.figures;
        return stars
            .map((rated, place) => ({
                stars: place + 1,
                rated,
                share: count ? (100 * rated) / count : 0,
                words:
                    place + 1 === 1
                        ? _t("1 star: %s", rated)
                        : _t("%(stars)s stars: %(count)s", { stars: place + 1, count: rated }),
            }))
            .reverse();
    }

    number(value, decimals = 2) {
        return formatFloat(value, { digits: [16, decimals] });
    }

    get ofRatings() {
        const { count } = this.figures;
        return count === 1 ? _t("of 1 rating") : _t("of %s ratings", count);
    }

    get why() {
        const { prior_mean: mean, prior_strength: strength } = this.figures;
        return _t(
            "The mean of all products, %(mean)s, counts as %(strength)s further ratings of this one. With few ratings the weighted mean stays near it; with many it is the plain mean. One rating of five stars is no product of five stars.",
            {
                mean: this.number(mean),
                strength: formatFloat(strength, { digits: [16, 1], trailingZeros: false }),
            }
        );
    }
}

registry.category("fields").add("ai_rating_bars", {
    component: AiRatingBars,
    displayName: _t("Distribution of Stars"),
    supportedTypes: ["json"],
});
