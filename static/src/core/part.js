/** @odoo-module **/

import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** What went wrong, in the server's own words where it has any. */
function reasonOf(error) {
    return (error.data && error.data.message) || error.message || _t("The server does not answer.");
}

function timeNow() {
    return luxon.DateTime.now().toFormat("HH:mm");
}

/**
 * Something on the page that is read by itself: a slow one holds up no other, and one that fails says
 * so in its own place.
 *
 * load : returns a promise of the data. What was read before stays while it is read again, and when
 * that fails, too: `readAt` is its time.
 */
export class Part {
    data = null;
    error = "";
    readAt = "";
    isLoading = false;
    asked = 0;

    constructor(load) {
        this.load = load;
    }

    /** afresh : what is there belongs to another question, and must not be seen any longer. */
    async read(afresh = false) {
        const asked = ++this.asked;
        Object.assign(this, { isLoading: true }, afresh ? { data: null, error: "" } : {});
        let found = {};
        try {
            found = { data: await this.load(), error: "", readAt: timeNow() };
        } catch (error) {
            found = { error: reasonOf(error) };
        }
        // An answer that was overtaken by another question says nothing.
        if (asked === this.asked) {
            Object.assign(this, found, { isLoading: false });
        }
    }

    get failure() {
        if (!this.error) {
            return "";
        }
        return this.data
            ? _t("Not refreshed since %(time)s: %(reason)s", {
                  time: this.readAt,
                  reason: this.error,
              })
            : this.error;
    }
}

export function usePart(load) {
    return useState(new Part(load));
}
