/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { dayOf } from "../core/figures";

/**
 * A complaint as an operator takes it while the client speaks: words, the order it is about, and
 * the motive, which saves it.
 *
 * form: what `get_complaint_form` returns.
 */
export class ComplaintDialog extends Component {
    static template = "smart_recommender.ComplaintDialog";
    static components = { Dialog };
    static props = {
        partnerId: Number,
        clientName: String,
        form: Object,
        onSaved: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({
            description: "",
            orderId: this.props.form.order_id,
            productId: false,
            isUrgent: false,
            isSaving: false,
        });
    }

    get title() {
        return _t("Complaint of %s", this.props.clientName);
    }

    get products() {
        const order = this.props.form.orders.find(({ id }) => id === this.state.orderId);
        return order ? order.products : [];
    }

    orderText(order) {
        return _t("%s of %s", order.name, dayOf(order.date));
    }

    chooseOrder(value) {
        this.state.orderId = Number(value) || false;
        this.state.productId = false;
    }

    chooseProduct(value) {
        this.state.productId = Number(value) || false;
    }

    /** Save it, once however often the button is pressed. */
    async save(motiveId) {
        if (this.state.isSaving) {
            return;
        }
        this.state.isSaving = true;
        try {
            const { description, orderId, productId, isUrgent } = this.state;
            const vals = { description, priority: isUrgent ? "2" : "0" };
            if (orderId) {
                vals.order_id = orderId;
            }
            if (productId) {
                vals.product_id = productId;
            }
            const saved = await this.orm.call("ai.client.sheet", "save_complaint", [
                this.props.partnerId,
                motiveId,
                vals,
            ]);
            this.tell(saved);
            this.props.onSaved();
            this.props.close();
        } finally {
            this.state.isSaving = false;
        }
    }

    tell({ id, name }) {
        const close = this.notification.add(_t("Complaint %s is saved.", name), {
            type: "success",
            buttons: [
                {
                    name: _t("Open"),
                    primary: true,
                    onClick: () => {
                        close();
                        this.action.doAction({
                            type: "ir.actions.act_window",
                            res_model: "ai.complaint",
                            res_id: id,
                            views: [[false, "form"]],
                            target: "current",
                        });
                    },
                },
            ],
        });
    }
}
