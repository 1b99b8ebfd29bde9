/** @odoo-module **/

import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { date, money } from "../core/figures";
import { digitsOf, isValidCode } from "./luhn";

/**
 * A coupon that is validated: its ID, by hand or by a scanner that types it and presses Enter, its
 * PIN, and the client's name. What it can be used on is shown once it is good.
 *
 * order: {id, name, amount, currency_id} that it is for, if it is known; onUsed: of the answer.
 */
export class CouponForm extends Component {
    static template = "smart_recommender.CouponForm";
    static props = {
        clientName: { type: String, optional: true },
        order: { type: Object, optional: true },
        onUsed: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.code = useRef("code");
        this.pin = useRef("pin");
        this.name = useRef("name");
        this.state = useState(this.blank());
        onMounted(() => this.code.el.focus());
    }

    blank() {
        return {
            code: "",
            pin: "",
            name: this.props.clientName || "",
            isAsking: false,
            answer: null,
            used: null,
        };
    }

    money = money;
    date = date;

    get typingError() {
        const { code } = this.state;
        return digitsOf(code).length >= 14 && !isValidCode(code);
    }

    get isComplete() {
        const { code, pin, name } = this.state;
        return isValidCode(code) && /^\d{4}$/.test(pin.trim()) && Boolean(name.trim());
    }

    /** What a good coupon can be used on: [{key, label, amount, currencyId, method, id}]. */
    get targets() {
        const { orders, invoices, partner_id: partnerId } = this.state.answer.uses;
        const found = [
            ...orders.map((order) => this.target("redeem_on_order", order)),
            ...invoices.map((invoice) => this.target("redeem_on_invoice", invoice)),
        ];
        if (invoices.length > 1) {
            const name = _t("What the client owes, the oldest first");
            found.push(this.target("redeem_on_balance", { id: partnerId, name }));
        }
        return found;
    }

    target(method, { id, name, amount, currency_id: currencyId }) {
        return { key: `${method} ${id}`, label: name, amount, currencyId, method, id };
    }

    /** Enter goes on to what is missing, as a scanner's does after the ID. */
    onSubmit() {
        if (this.isComplete) {
            const { order } = this.props;
            return order ? this.redeem("redeem_on_order", order.id) : this.check();
        }
        const { code, pin } = this.state;
        const missing = !isValidCode(code) ? this.code : !pin.trim() ? this.pin : this.name;
        missing.el.focus();
        missing.el.select();
    }

    async check() {
        this.state.answer = await this.ask("check_coupon");
    }

    async redeem(method, id) {
        const answer = await this.ask(method, id);
        if (!answer) {
            return;
        }
        if (answer.ok) {
            this.state.used = answer;
            this.state.pin = "";
            this.props.onUsed?.(answer);
        } else {
            this.state.answer = answer;
        }
    }

    /** The server's answer; nothing while it is still asked for another one. */
    async ask(method, ...target) {
        if (this.state.isAsking) {
            return null;
        }
        this.state.isAsking = true;
        try {
            const { code, pin, name } = this.state;
            return await this.orm.call("ai.coupon", method, [code, pin, name, ...target]);
        } finally {
            this.state.isAsking = false;
        }
    }

    /** An answer is about what was asked, and no longer about what is typed now. */
    onInput() {
        this.state.answer = null;
    }

    next() {
        Object.assign(this.state, this.blank());
        this.code.el?.focus();
    }
}
