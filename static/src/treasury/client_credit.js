/** @odoo-module **/

import { patch } from "@web/core/utils/patch";
import { ClientSheet } from "../client/client_sheet";

/** On the client sheet: how the client pays, and for accounting how likely late. */
patch(ClientSheet.prototype, {
    async openExpectedInvoice(id) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "account.move",
            res_id: id,
            views: [[false, "form"]],
        });
    },
});
