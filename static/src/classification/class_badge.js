/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { inWords } from "./class_words";

/** The class of a product, such as AX, with its words as a tooltip; nothing where there is none. */
export class AiClassBadge extends Component {
    static template = "smart_recommender.AiClassBadge";
    static props = { ...standardFieldProps };

    get name() {
        return this.props.record.data[this.props.name] || "";
    }

    get words() {
        return inWords(this.name);
    }
}

registry.category("fields").add("ai_class_badge", {
    component: AiClassBadge,
    displayName: _t("Product Class"),
    supportedTypes: ["char"],
});
