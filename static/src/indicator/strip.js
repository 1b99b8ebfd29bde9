/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { amount } from "../core/figures";
import { Panel, usePanelPart } from "../core/panel";

/** What another subject has to say: figures to count on, and what stands out. See ai.dashboard.strip. */
export class Strip extends Component {
    static template = "smart_recommender.DashboardStrip";
    static components = { Panel };
    static props = { code: String, refreshes: Number };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.part = usePanelPart(
            this,
            ({ code }) => this.orm.call("ai.dashboard", "get_strip", [code]),
            ({ code }) => code
        );
    }

    get data() {
        return this.part.data;
    }

    get title() {
        return this.data ? this.data.title : _t("Loading…");
    }

    number(value) {
        return amount(value);
    }

    onAction(action) {
        this.action.doAction(action);
    }
}
