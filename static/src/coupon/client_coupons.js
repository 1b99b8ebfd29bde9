/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { ClientSheet } from "../client/client_sheet";

/** On the client sheet: coupons that the client can use, and the dialog that validates one. */
patch(ClientSheet.prototype, {
    async useCoupon() {
        const { identity } = this.sheet;
        await this.action.doAction(
            {
                type: "ir.actions.client",
                tag: "smart_recommender.coupon_dialog",
                name: _t("Coupon of %s", identity.entity_name || identity.name),
                target: "new",
                params: { client_name: identity.entity_name || identity.name },
            },
            { onClose: () => this.load() }
        );
    },

    async openCoupons() {
        const action = await this.orm.call("res.partner", "action_open_coupons", [
            [this.props.partnerId],
        ]);
        await this.action.doAction(action);
    },
});
