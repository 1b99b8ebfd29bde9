/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// What stands for anything longer, see the model `ai.replenishment`.
const MOST = 999;

/** Days of cover: a sign where the stock never ends, one decimal where days count. */
export class AiCover extends Component {
    static template = "smart_recommender.AiCover";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isEndless() {
        return this.value >= MOST;
    }

    get text() {
        return this.isEndless
            ? "∞"
            : formatFloat(this.value, { digits: [16, this.value < 20 ? 1 : 0] });
    }

    get title() {
        return this.isEndless ? _t("Lasts for years, or does not sell") : "";
    }
}

registry.category("fields").add("ai_cover", {
    component: AiCover,
    displayName: _t("Days of Cover"),
    supportedTypes: ["float"],
});
