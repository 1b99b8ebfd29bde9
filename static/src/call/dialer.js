/** @odoo-module **/

import { Component, onWillUnmount, useRef, useState } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { usePopover } from "@web/core/popover/popover_hook";
import { useDebounced } from "@web/core/utils/timing";
import { session } from "@web/session";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
// Below this many digits a number belongs to nobody yet.
const SHORTEST_SEARCH = 6;
const SEARCH_DELAY = 300;

function digits(text) {
    return text.replace(/\D/g, "");
}

/** The keypad with the clients who have the number that is being typed. */
export class Dialer extends Component {
    static template = "smart_recommender.Dialer";
    static props = { close: { type: Function, optional: true } };

    setup() {
        this.keys = KEYS;
        this.orm = useService("orm");
        this.action = useService("action");
        this.telephony = useService("smart_recommender.telephony");
        this.input = useAutofocus({ refName: "number" });
        this.state = useState({ number: "", found: null });
        this.search = useDebounced(() => this.find(), SEARCH_DELAY);
    }

    get canCall() {
        return digits(this.state.number).length > 1;
    }

    get matches() {
        return this.state.found ? this.state.found.matches : [];
    }

    get message() {
        return this.state.found ? this.state.found.message : "";
    }

    onInput(ev) {
        this.setNumber(ev.target.value);
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.call();
        }
    }

    press(key) {
        this.setNumber(this.state.number + key);
        this.focusInput();
    }

    erase() {
        this.setNumber(this.state.number.slice(0, -1));
        this.focusInput();
    }

    /** On a touch screen the keyboard would come up and cover the keypad. */
    focusInput() {
        if (!hasTouch()) {
            this.input.el.focus();
        }
    }

    setNumber(number) {
        this.state.number = number;
        this.state.found = null;
        if (digits(number).length >= SHORTEST_SEARCH) {
            this.search();
        } else {
            this.search.cancel();
        }
    }

    async find() {
        const { number } = this.state;
        const found = await this.orm.call("res.partner", "find_by_number", [number]);
        // An answer that was overtaken by another digit says nothing.
        if (number === this.state.number) {
            this.state.found = found;
        }
    }

    subtitle(match) {
        const office = match.commercial_name === match.name ? "" : match.commercial_name;
        return [office, match.city].filter(Boolean).join(" · ");
    }

    async call() {
        if (!this.canCall) {
            return;
        }
        const [match] = this.matches.length === 1 ? this.matches : [];
        const number = (this.state.found && this.state.found.e164) || this.state.number.trim();
        await this.telephony.dial(
            number,
            match ? { partnerId: match.id, partnerName: match.name } : {}
        );
    }

    /** The number is not passed on: with it the sheet would take this for an incoming call. */
    async openSheet(match) {
        await this.action.doAction({
            type: "ir.actions.client",
            name: _t("Client Sheet"),
            tag: "smart_recommender.client_sheet",
            params: { partner_id: match.id },
        });
        this.props.close();
    }
}

/** The button in the bar above. */
export class DialerMenu extends Component {
    static template = "smart_recommender.DialerMenu";
    static props = {};

    setup() {
        this.button = useRef("button");
        this.state = useState({ open: false });
        this.popover = usePopover(Dialer, {
            position: "bottom-end",
            popoverClass: "o_dialer_popover",
            arrow: false,
            onClose: () => (this.state.open = false),
        });
        onWillUnmount(() => this.popover.close());
    }

    toggle() {
        if (this.popover.isOpen) {
            this.popover.close();
        } else {
            this.popover.open(this.button.el, {});
            this.state.open = true;
        }
    }
}

registry.category("systray").add(
    "smart_recommender.dialer",
    {
        Component: DialerMenu,
        isDisplayed: () => Boolean(session.is_call_operator),
    },
    { sequence: 30 }
);
