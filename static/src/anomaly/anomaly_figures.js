/** @odoo-module **/

import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { amount, percent } from "../core/figures";

class Figure extends Component {
    static template = xml`<span t-esc="text" />`;
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }
}

/** What was sold or expected with its unit, without more decimals than it deserves. */
export class AiAmount extends Figure {
    get text() {
        return `${amount(this.value)} ${this.props.record.data.unit || ""}`;
    }
}

/** From ten times on percents say nothing any more. */
const TIMES_FROM = 9;

/** How far off in percent, with its sign, or how many times; a dash where nothing was expected. */
export class AiDeviation extends Figure {
    get text() {
        if (this.props.record.data.expected > 0 && this.value >= TIMES_FROM) {
            return `× ${amount(this.value + 1)}`;
        }
        return percent(this.props.record.data.expected > 0 ? this.value : null);
    }
}

registry.category("fields").add("ai_amount", {
    component: AiAmount,
    displayName: _t("Amount"),
    supportedTypes: ["float"],
    fieldDependencies: [{ name: "unit", type: "char" }],
});

registry.category("fields").add("ai_deviation", {
    component: AiDeviation,
    displayName: _t("Deviation"),
    supportedTypes: ["float"],
    fieldDependencies: [{ name: "expected", type: "float" }],
});
