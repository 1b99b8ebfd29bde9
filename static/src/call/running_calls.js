/** @odoo-module **/

import { EventBus, reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { serializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { TAG, sheetAction } from "../client/client_desk";

const { DateTime } = luxon;
const SECOND = 1000;
const HOUR = 3600 * SECOND;
// As long as the log takes it, see ai_call.py.
const LONGEST = 24 * HOUR;
// An address that somebody else sent does not bring an old call back.
const RESUMED = 2 * HOUR;
const ENDED_KEPT = 50;
// Stands for a call in the address of a sheet where a telephony module shows and logs it.
export const LOGGED = "logged";

/** @typedef {{id: string, direction: "in"|"out", number: string, partnerId: number|false,
 * partnerName: string, startedAt: number}} Call startedAt in milliseconds, as Date.now() */

function idOf({ direction, startedAt }) {
    return `${direction}-${startedAt}`;
}

/**
 * The calls of this tab that are neither logged nor thrown away.
 *
 * They are kept in the tab's storage, so that they outlive reload, back, and every other screen. An
 * address names its call by the id; one that has ended is remembered, so that the browser's back
 * does not begin it again. `state` is reactive: { calls, ended: ids, now: milliseconds }; the bus
 * tells "logged" with { partnerId }.
 */
export class RunningCalls {
    constructor({ action, orm, telephony }, userId) {
        Object.assign(this, { action, orm, telephony, key: `smart_recommender.calls.${userId}` });
        this.bus = new EventBus();
        const { calls = [], ended = [] } = JSON.parse(
            browser.sessionStorage.getItem(this.key) || "{}"
        );
        const now = Date.now();
        const running = calls.filter((call) => call.startedAt > now - LONGEST);
        this.state = reactive({ calls: running, ended, now });
        browser.setInterval(() => this.tick(), SECOND);
        telephony.bus.addEventListener("dialled", ({ detail }) => this.onDialled(detail));
    }

    keep() {
        const { calls, ended } = this.state;
        browser.sessionStorage.setItem(this.key, JSON.stringify({ calls, ended }));
    }

    /** One clock for all that shows a call, which stands still while there is none. */
    tick() {
        if (this.state.calls.length) {
            this.state.now = Date.now();
        }
    }

    /** The newest call with a client. */
    of(partnerId, calls = this.state.calls) {
        return calls.filter((call) => call.partnerId === partnerId).pop();
    }

    find(id, calls = this.state.calls) {
        return calls.find((call) => call.id === id);
    }

    /**
     * A call begins. What rings twice is one call; who dials a number again calls anew.
     *
     * @returns {Call|undefined} nothing for one that has ended
     */
    begin({ direction, number, partnerId = false, partnerName = "", startedAt = Date.now() }) {
        const call = { direction, number, partnerId, partnerName, startedAt };
        call.id = idOf(call);
        if (this.state.ended.includes(call.id)) {
            return undefined;
        }
        const same = this.state.calls.find(
            (other) => other.direction === direction && other.number === number
        );
        if (same && direction === "in") {
            return same;
        }
        this.state.calls = [...this.state.calls.filter((other) => other !== same), call];
        this.tick();
        this.keep();
        return this.find(call.id);
    }

    /** The call that an address names, also where the tab's storage was lost. */
    resume(id, number, partnerId) {
        const [, direction, startedAt] = /^(in|out)-(\d+)$/.exec(id) || [];
        const age = Date.now() - Number(startedAt);
        if (this.find(id) || !(age < RESUMED)) {
            return this.find(id);
        }
        return this.begin({ direction, number, partnerId, startedAt: Number(startedAt) });
    }

    /** Say with whom a call is. */
    attribute(id, partnerId, partnerName = "") {
        const call = this.find(id);
        if (call) {
            Object.assign(call, { partnerId, partnerName });
            this.keep();
        }
    }

    /** A call is over and not shown any more, logged or not. */
    end(id) {
        this.state.calls = this.state.calls.filter((call) => call.id !== id);
        this.state.ended = [...this.state.ended, id].slice(-ENDED_KEPT);
        this.keep();
    }

    async onDialled({ number, partnerId, partnerName, startedAt }) {
        const call = this.begin({ direction: "out", number, partnerId, partnerName, startedAt });
        if (call && !partnerId) {
            const found = await this.orm.call("res.partner", "find_by_number", [number]);
            const match = found.matches.find(({ id }) => id === found.only_id);
            if (found.only_id && !call.partnerId) {
                this.attribute(call.id, found.only_id, match ? match.name : "");
            }
        }
    }

    /** Dial, and show who is called: the sheet, the choice of several, or the offer to create. */
    async call(number, context = {}) {
        const partnerId = context.partnerId || false;
        const isTold = await this.telephony.dial(number, context);
        const call = isTold
            ? this.state.calls[this.state.calls.length - 1]
            : { id: LOGGED, number };
        await this.open({ ...call, partnerId });
    }

    /** The client sheet of a call; without a client it asks who it is. */
    async open({ id, number, partnerId }) {
        const { currentController } = this.action;
        const isOpen = currentController && currentController.action.tag === TAG;
        await this.action.doAction(sheetAction(partnerId, { number, call: id }), {
            stackPosition: isOpen ? "replaceCurrentAction" : undefined,
        });
    }

    /**
     * The form in which a call is logged, over the screen that is open.
     *
     * @param {Partial<Call>} call one that runs, or one without an id and a beginning
     */
    async log({ id, direction = "out", number = "", partnerId = false, startedAt }) {
        const context = {
            default_partner_id: partnerId,
            default_direction: direction,
            default_number: number,
        };
        if (startedAt) {
            context.default_start = serializeDateTime(DateTime.fromMillis(startedAt));
            context.default_duration = Math.max(Date.now() - startedAt, 0) / 60000;
        }
        await this.action.doAction("smart_recommender.ai_call_quick_action", {
            additionalContext: context,
            onClose: (infos) => {
                // Saved and not dismissed.
                if (!(infos && infos.dismiss)) {
                    if (id) {
                        this.end(id);
                    }
                    this.bus.trigger("logged", { partnerId });
                }
            },
        });
    }
}

/** Only operators have calls: for others no link of Odoo begins one. */
export const runningCallsService = {
    dependencies: ["action", "orm", "smart_recommender.telephony"],
    start(_env, { action, orm, "smart_recommender.telephony": telephony }) {
        const userId = session.call_operator_id;
        return userId ? new RunningCalls({ action, orm, telephony }, userId) : null;
    },
};

registry.category("services").add("smart_recommender.running_calls", runningCallsService);
