/** @odoo-module **/

import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { ClientSheet } from "../client/client_sheet";
import { ComplaintDialog } from "./complaint_dialog";

/** On the client sheet: what the client complains of, and a complaint taken in two clicks. */
patch(ClientSheet.prototype, {
    setup() {
        super.setup(...arguments);
        this.dialog = useService("dialog");
    },

    async newComplaint() {
        const { partnerId } = this.props;
        const form = await this.orm.call("ai.client.sheet", "get_complaint_form", [partnerId]);
        this.dialog.add(ComplaintDialog, {
            partnerId,
            clientName: this.sheet.identity.entity_name || this.sheet.identity.name,
            form,
            onSaved: () => this.load(),
        });
    },

    async openComplaint(id) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ai.complaint",
            res_id: id,
            views: [[false, "form"]],
            target: "current",
        });
    },

    async openComplaints() {
        const action = await this.orm.call("res.partner", "action_open_complaints", [
            [this.props.partnerId],
        ]);
        await this.action.doAction(action);
    },
});
