/** @odoo-module **/

import { browser } from "@web/core/browser/browser";
import { Kept } from "./softphone_storage";

const RETRY = 3000;
const KEPT = 500;
const EXPIRED = "odoo.http.SessionExpiredException";

/** Whether the server has said no, and would again; an unreachable one is asked once more. */
function isRefused(error) {
    return error.name === "RPC_ERROR" && error.exceptionName !== EXPIRED;
}

/**
 * Tells the server what happens to calls, in order and each once.
 *
 * What could not be told, because the server or the network was away, is kept in the browser and
 * told later, after a reload too.
 */
export class SoftphoneLog {
    constructor(orm, userId) {
        this.orm = orm;
        this.kept = new Kept(`events.${userId}`, []);
        this.waiting = new Map();
        this.busy = false;
    }

    /** @returns {Promise<Object>} what the server knows of the call, nothing where it refused */
    tell(values) {
        const key = `${Date.now()}-${Math.random()}`;
        this.kept.set([...this.kept.get(), { key, values }].slice(-KEPT));
        return new Promise((resolve) => {
            this.waiting.set(key, resolve);
            this.flush();
        });
    }

    async flush() {
        if (this.busy) {
            return;
        }
        this.busy = true;
        try {
            for (let [event] = this.kept.get(); event; [event] = this.kept.get()) {
                const answer = await this.send(event.values);
                this.kept.set(this.kept.get().filter(({ key }) => key !== event.key));
                this.answer(event.key, answer);
            }
        } catch {
            browser.setTimeout(() => this.flush(), RETRY);
        } finally {
            this.busy = false;
        }
    }

    async send(values) {
        try {
            return await this.orm.silent.call("ai.call", "softphone_event", [values]);
        } catch (error) {
            if (!isRefused(error)) {
                throw error;
            }
            console.warn("The server did not take an event of the telephone:", error);
            return undefined;
        }
    }

    answer(key, result) {
        const resolve = this.waiting.get(key);
        this.waiting.delete(key);
        if (resolve) {
            resolve(result);
        }
    }
}
