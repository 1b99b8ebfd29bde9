/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { amount, inPercent, money } from "../core/figures";
import { Panel, usePanelPart } from "../core/panel";

/** The product variants that sold most, by revenue or by quantity, and the rest of the revenue. */
export class TopProducts extends Component {
    static template = "smart_recommender.TopProducts";
    static components = { Panel };
    static props = { period: Object, refreshes: Number, onCompare: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ by: "revenue" });
        this.measures = [
            ["revenue", _t("Net Revenue")],
            ["quantity", _t("Quantity")],
        ];
        this.part = usePanelPart(
            this,
            ({ period }) =>
                this.orm.call("ai.dashboard", "get_top_products", [period, this.state.by]),
            ({ period }) => JSON.stringify(period)
        );
    }

    onMeasure(by) {
        this.state.by = by;
        this.part.read();
    }

    get data() {
        return this.part.data;
    }

    get title() {
        return this.data && this.data.is_own ? _t("Your Best Products") : _t("Best Products");
    }

    get rest() {
        return _t("%s others", amount(this.data.rest.count));
    }

    get restShare() {
        const { rest, total } = this.data;
        return total.revenue > 0 ? this.share(rest.revenue / total.revenue) : "";
    }

    money(value) {
        return money(value, this.data.currency_id);
    }

    quantity(row) {
        return `${amount(row.quantity)}\u00a0${row.uom}`;
    }

    share(share) {
        return share === null ? "" : inPercent(share, 1);
    }

    onProduct(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name: row.name,
            res_model: "product.product",
            res_id: row.product_id,
            views: [[false, "form"]],
        });
    }

    /** As many of the best as can be told apart. */
    onCompare() {
        this.props.onCompare(this.data.rows.slice(0, 5).map((row) => row.product_id));
    }
}
