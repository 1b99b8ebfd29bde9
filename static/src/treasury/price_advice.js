/** @odoo-module **/

import { Component, onWillStart, useState } from "@odoo/owl";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { inPercent, money } from "../core/figures";

/** The id behind a many2one of a record: a pair in earlier series, an object in newer ones. */
function idOf(value) {
    return value ? value.id || value[0] || false : false;
}

/** What clients like this one paid for the product of a line. */
export class PriceAdvicePopover extends Component {
    static template = "smart_recommender.PriceAdvicePopover";
    static props = { line: Object, currencyId: [Number, Boolean], close: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ advice: null });
        onWillStart(async () => {
            this.state.advice = await this.orm.call("ai.price.advice", "get_advice", [
                this.props.line,
            ]);
        });
    }

    get advice() {
        return this.state.advice;
    }

    percent(share) {
        return inPercent(share, 1);
    }

    /** Bands of discount of which enough is known. */
    get bands() {
        return this.advice.bands.filter((band) => band.rate !== null);
    }

    rate(share) {
        return inPercent(share);
    }

    money(value) {
        return money(value, this.props.currencyId || undefined);
    }
}

/** A button in each line of a quotation. */
export class PriceAdvice extends Component {
    static template = "smart_recommender.PriceAdvice";
    static props = ["*"];

    setup() {
        this.popover = usePopover(PriceAdvicePopover, { position: "bottom" });
    }

    get line() {
        return this.props.record.data;
    }

    get order() {
        return this.props.record.model.root.data;
    }

    get isAsked() {
        return (
            ["draft", "sent"].includes(this.order.state) &&
            !this.line.display_type &&
            idOf(this.line.product_id) &&
            idOf(this.order.partner_id)
        );
    }

    onClick(ev) {
        const { line, order } = this;
        const taxes = line.tax_id || line.tax_ids;
        const currencyId = idOf(line.currency_id || order.currency_id);
        this.popover.open(ev.currentTarget, {
            currencyId,
            line: {
                product_id: idOf(line.product_id),
                partner_id: idOf(order.partner_id),
                company_id: idOf(order.company_id),
                currency_id: currencyId,
                uom_id: idOf(line.product_uom || line.product_uom_id),
                price: line.price_unit,
                tax_ids: taxes ? [...taxes.currentIds] : [],
            },
        });
    }
}

registry.category("view_widgets").add("ai_price_advice", { component: PriceAdvice });
