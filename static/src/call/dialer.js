/** @odoo-module **/

import { Component, onWillUnmount, useRef, useState } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { usePopover } from "@web/core/popover/popover_hook";
import { useDebounced } from "@web/core/utils/timing";
import { session } from "@web/session";
import { sheetAction } from "../client/client_desk";
import { CallBar, useClock } from "./call_bar";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
// Below this many digits a number belongs to nobody yet.
const SHORTEST_SEARCH = 6;
const SEARCH_DELAY = 300;

function digits(text) {
    return text.replace(/\D/g, "");
}

/** The calls that run, and the keypad with the clients who have the number that is being typed. */
export class Dialer extends Component {
    static template = "smart_recommender.Dialer";
    static components = { CallBar };
    static props = { close: { type: Function, optional: true } };

    setup() {
        this.keys = KEYS;
        this.orm = useService("orm");
        this.action = useService("action");
        this.running = useService("smart_recommender.running_calls");
        this.callState = useState(this.running.state);
        this.input = useAutofocus({ refName: "number" });
        this.state = useState({ number: "", found: null, hint: "" });
        this.search = useDebounced(() => this.find(), SEARCH_DELAY);
    }

    get canCall() {
        return digits(this.state.number).length > 1;
    }

    get matches() {
        return this.state.found ? this.state.found.matches : [];
    }

    get message() {
        return this.state.found ? this.state.found.message : this.state.hint;
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
        Object.assign(this.state, { number, found: null, hint: "" });
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

    /** Calls and shows who is called: the sheet with the call, the choice, or the new client. */
    async call() {
        if (!this.canCall) {
            this.state.hint = _t("Type the number to call first.");
            this.focusInput();
            return;
        }
        const { found, number } = this.state;
        const [match] = this.matches.length === 1 ? this.matches : [];
        this.props.close();
        await this.running.call(
            (found && found.e164) || number.trim(),
            match ? { partnerId: match.id, partnerName: match.name } : {}
        );
    }

    async openSheet(match) {
        await this.action.doAction(sheetAction(match.id));
        this.props.close();
    }
}

/** The button in the bar above, with the time of the call that runs. */
export class DialerMenu extends Component {
    static template = "smart_recommender.DialerMenu";
    static props = {};

    setup() {
        this.callState = useState(useService("smart_recommender.running_calls").state);
        this.time = useClock();
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

    get call() {
        const { calls } = this.callState;
        return calls[calls.length - 1];
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
        isDisplayed: () => Boolean(session.call_operator_id),
    },
    { sequence: 30 }
);
