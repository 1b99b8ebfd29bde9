/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { amount, date, inPercent } from "../core/figures";

const ICONS = {
    order: "fa-file-text-o",
    stock_out: "fa-cubes",
    price: "fa-tag",
    customer: "fa-user",
    campaign: "fa-bullhorn",
    missing: "fa-user-times",
    company: "fa-building",
};

/**
 * What lies behind an anomaly: causes that can be checked, customers, orders.
 *
 * Draws the value of `evidence` (see the model `ai.anomaly`). Orders that the user may not see are
 * counted and not listed.
 */
export class AiAnomalyEvidence extends Component {
    static template = "smart_recommender.AiAnomalyEvidence";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get unit() {
        return this.props.record.data.unit || "";
    }

    icon(cause) {
        return ICONS[cause.kind] || "fa-question-circle";
    }

    get orderNote() {
        const { orders, order_count, hidden_orders } = this.value;
        if (!order_count) {
            return _t("There are no orders on these days.");
        }
        const shown = orders.length;
        const notes = [];
        if (order_count > shown + hidden_orders) {
            notes.push(_t("The %s largest of %s orders.", shown, order_count));
        }
        if (hidden_orders) {
            notes.push(
                _t("%s orders are not listed: you do not have access to them.", hidden_orders)
            );
        }
        return notes.join(" ");
    }

    amount(value) {
        return amount(value);
    }

    date(text) {
        return date(text);
    }

    share(row) {
        return inPercent(row.share);
    }

    openOrder(order) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "sale.order",
            res_id: order.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("ai_anomaly_evidence", {
    component: AiAnomalyEvidence,
    displayName: _t("Evidence of an Anomaly"),
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "unit", type: "char" }],
});
