/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Layout } from "@web/search/layout";
import { CouponForm } from "./coupon_form";

/** The screen on which coupons are validated one after the other, as at a counter. */
export class CouponDesk extends Component {
    static template = "smart_recommender.CouponDesk";
    static components = { CouponForm, Layout };
    static props = ["*"];

    setup() {
        this.display = { controlPanel: {} };
        this.env.config.setDisplayName(_t("Validate a Coupon"));
    }
}

/** The same as a dialog, for the order or the client that its parameters name. */
export class CouponDialog extends Component {
    static template = "smart_recommender.CouponDialog";
    static components = { CouponForm };
    static props = ["*"];

    get params() {
        return this.props.action.params;
    }
}

registry.category("actions").add("smart_recommender.coupon_desk", CouponDesk);
registry.category("actions").add("smart_recommender.coupon_dialog", CouponDialog);
