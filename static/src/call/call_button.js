/** @odoo-module **/

import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Calls the client of a record by its number, and opens the sheet with the call. */
export class CallButton extends Component {
    static template = "smart_recommender.CallButton";
    static props = ["*"];

    setup() {
        this.running = useService("smart_recommender.running_calls");
    }

    get number() {
        return this.props.record.data.ai_client_phone;
    }

    async call() {
        const { ai_client_id: client } = this.props.record.data;
        // A pair in Odoo 17, an object in 19.
        const [partnerId, partnerName] = Array.isArray(client)
            ? client
            : [client.id, client.display_name];
        await this.running.call(this.number, { partnerId, partnerName });
    }
}

registry.category("view_widgets").add("ai_call_button", {
    component: CallButton,
    fieldDependencies: [
        { name: "ai_client_id", type: "many2one", relation: "res.partner" },
        { name: "ai_client_phone", type: "char" },
    ],
});
