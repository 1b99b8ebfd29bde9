/** @odoo-module **/

import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { date, dateTime, dayOf, money, quantity } from "../core/figures";
import { ClientOffers } from "../suggestion/client_offers";

const STATUS_COLOURS = {
    active: "success",
    dormant: "warning",
    overdue: "danger",
    suspended: "dark",
};
const TIERS = ["gold", "silver", "bronze"];
const DELIVERY_COLOURS = {
    full: "success",
    partial: "warning",
    started: "warning",
    pending: "light",
};

/**
 * The client sheet: who it is, what it owes, buys and was promised, and what to offer now.
 *
 * Draws what `get_client_sheet` of a partner returns (model `ai.client.sheet`); static/src/call adds
 * what is said and timed.
 */
export class ClientSheet extends Component {
    static template = "smart_recommender.ClientSheet";
    static components = { ClientOffers };
    static props = { partnerId: Number };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.tiers = TIERS;
        this.state = useState({ sheet: null, sending: false });
        onWillStart(() => this.load(this.props.partnerId));
        onWillUpdateProps(async ({ partnerId }) => {
            if (partnerId !== this.props.partnerId) {
                await this.load(partnerId);
            }
        });
    }

    async load(partnerId = this.props.partnerId) {
        this.state.sheet = await this.orm.call("res.partner", "get_client_sheet", [[partnerId]]);
    }

    get sheet() {
        return this.state.sheet;
    }

    // Words

    quantity = quantity;
    date = date;
    dateTime = dateTime;
    dayOf = dayOf;

    money(value, currencyId = this.sheet.currency_id) {
        return money(value, currencyId);
    }

    get suspension() {
        const { suspended_by: user, reason } = this.sheet.status;
        return _t("Suspended by %(user)s: %(reason)s", { user, reason });
    }

    get statusColour() {
        return STATUS_COLOURS[this.sheet.status.key] || "light";
    }

    get statusLabel() {
        return this.sheet.status.label || _t("No order yet");
    }

    tierLabel(tier) {
        return { gold: _t("Gold"), silver: _t("Silver"), bronze: _t("Bronze") }[tier];
    }

    get subtitle() {
        const { identity } = this.sheet;
        return [identity.entity_name, ...identity.address].filter(Boolean).join(" · ");
    }

    deliveryColour(order) {
        return DELIVERY_COLOURS[order.delivery] || "light";
    }

    delivery(order) {
        if (order.delivery === "full" && order.delivered_on) {
            return _t("Delivered %s", dayOf(order.delivered_on));
        }
        if (order.delivery && order.delivery !== "full" && order.promised_on) {
            return _t("%s, promised %s", order.delivery_label, dayOf(order.promised_on));
        }
        return order.delivery_label;
    }

    rhythm(product) {
        if (product.interval_days === null) {
            return _t("once, on %s", date(product.last_date));
        }
        const days = Math.round(product.interval_days);
        return days === 1
            ? _t("every day, last on %s", date(product.last_date))
            : _t("every %s days, last on %s", days, date(product.last_date));
    }

    orderCount(product) {
        return product.order_count === 1 ? _t("1 order") : _t("%s orders", product.order_count);
    }

    overdueText() {
        const { money } = this.sheet;
        return money.overdue_count === 1
            ? _t("1 invoice since %s", date(money.overdue_since))
            : _t("%s invoices since %s", money.overdue_count, date(money.overdue_since));
    }

    lateness(invoice) {
        if (!invoice.due) {
            return "";
        }
        if (invoice.days_late <= 0) {
            return _t("due on %s", date(invoice.due));
        }
        return invoice.days_late === 1 ? _t("1 day late") : _t("%s days late", invoice.days_late);
    }

    contractColour(contract) {
        if (contract.is_overdue) {
            return "text-danger";
        }
        return contract.is_due || contract.is_behind ? "text-warning-emphasis" : "text-muted";
    }

    /** What was bought of what was agreed on, and until when, in one line. */
    contractText(contract) {
        const { subject, agreed, bought, uom } = contract;
        const figures = { bought: quantity(bought), agreed: quantity(agreed), uom, subject };
        const what = agreed
            ? _t("%(bought)s of %(agreed)s %(uom)s of %(subject)s", figures)
            : subject;
        return [what, this.contractEnd(contract)].filter(Boolean).join(" · ");
    }

    contractEnd({ end, period_end: periodEnd, renewal, is_due: isDue, is_overdue: isOverdue }) {
        if (isOverdue) {
            return _t("over since %s: renew or end it", date(end));
        }
        if (!isDue) {
            return _t("until %s", date(periodEnd));
        }
        return renewal === "auto"
            ? _t("renews itself after %s", date(end))
            : _t("to be renewed by %s", date(end));
    }

    // Actions

    async openContract(id) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ai.client.contract",
            res_id: id,
            views: [[false, "form"]],
            target: "current",
        });
    }

    async newOrder() {
        const action = await this.orm.call("res.partner", "action_new_order", [
            [this.props.partnerId],
        ]);
        await this.action.doAction(action);
    }

    async openOrder(id) {
        await this.action.doAction("smart_recommender.sale_order_at_suggestions_action", {
            props: { resId: id },
        });
    }

    async sendProforma(order) {
        this.state.sending = order.id;
        try {
            const told = await this.orm.call("sale.order", "action_send_proforma", [[order.id]]);
            await this.action.doAction(told);
        } finally {
            this.state.sending = false;
        }
        await this.load();
    }

    async setTier(tier) {
        await this.orm.call("ai.client", "set_tier", [this.props.partnerId, tier || false]);
        await this.load();
    }

    async openPartner() {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.props.partnerId,
            views: [[false, "form"]],
            target: "current",
        });
    }

    async openHistory() {
        const action = await this.orm.call("res.partner", "action_open_client_history", [
            [this.props.partnerId],
        ]);
        await this.action.doAction(action);
    }

    async suspend() {
        const action = await this.orm.call("res.partner", "action_suspend_client", [
            [this.props.partnerId],
        ]);
        await this.action.doAction(action, { onClose: () => this.load() });
    }

    async resume() {
        await this.orm.call("res.partner", "action_resume_client", [[this.props.partnerId]]);
        await this.load();
    }
}

/** The sheet as a page of the partner's form. */
export class ClientSheetPage extends Component {
    static template = "smart_recommender.ClientSheetPage";
    static components = { ClientSheet };
    static props = ["*"];
}

registry.category("view_widgets").add("ai_client_sheet", { component: ClientSheetPage });
