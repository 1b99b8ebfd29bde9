/** @odoo-module **/

import { EventBus } from "@odoo/owl";
import { registry } from "@web/core/registry";

/**
 * One way out for all calls: the dialer, the client sheet and every `tel:` link of Odoo.
 *
 * Without a telephony module a call is the browser's own `tel:` link, which a softphone or the
 * mobile itself answers to. A telephony module takes over by registering a provider:
 *
 *     registry.category("smart_recommender.telephony_providers").add("my_exchange", {
 *         isAvailable: (env) => env.services.my_exchange.isRegistered,
 *         async dial(env, number, { partnerId, partnerName }) {
 *             await env.services.my_exchange.call(number);
 *         },
 *     }, { sequence: 10 });
 *
 * The first available one by sequence dials. One with `logsItself` shows and logs its calls; in all
 * other cases the service's bus then tells "dialled" with { number, partnerId, partnerName,
 * startedAt } (startedAt: milliseconds as Date.now()), from
 * which the client sheet starts its timer. A link says whom it calls by `data-partner-id` and
 * `data-partner-name`.
 */
const providers = registry.category("smart_recommender.telephony_providers");

const LINK = "a[href^='tel:']";

/** A number as it may stand in a `tel:` link; a bare # would begin a fragment. */
export function telHref(number) {
    return `tel:${number.replace(/[^\d+*#,]/g, "").replace(/#/g, "%23")}`;
}

function numberOf(link) {
    const written = link.getAttribute("href").slice("tel:".length);
    return written.replace(/%([\da-f]{2})/gi, (_all, code) =>
        String.fromCharCode(parseInt(code, 16))
    );
}

/** A link outside the document: its click reaches the browser but not our listener. */
function openTelLink(number) {
    const link = document.createElement("a");
    link.href = telHref(number);
    link.click();
}

export const telephonyService = {
    start(env) {
        const bus = new EventBus();

        function availableProvider() {
            return providers.getAll().find((provider) => provider.isAvailable(env));
        }

        function tell(number, { partnerId = false, partnerName = "" } = {}) {
            const startedAt = Date.now();
            bus.trigger("dialled", { number, partnerId, partnerName, startedAt });
        }

        /**
         * @param {string} number as it is to be dialled
         * @param {{partnerId?: number, partnerName?: string}} [context] whom it calls, where known
         * @returns {Promise<boolean>} whether the bus tells of it
         */
        async function dial(number, context = {}) {
            const provider = availableProvider();
            if (provider) {
                await provider.dial(env, number, context);
                if (provider.logsItself) {
                    return false;
                }
            } else {
                openTelLink(number);
            }
            tell(number, context);
            return true;
        }

        /** Odoo's links stop the click before it bubbles up, so that it is caught on its way in. */
        async function onClick(ev) {
            const link = ev.target instanceof Element && ev.target.closest(LINK);
            if (!link || ev.button || ev.defaultPrevented) {
                return;
            }
            const number = numberOf(link);
            const { partnerId, partnerName } = link.dataset;
            const context = { partnerId: Number(partnerId) || false, partnerName };
            if (availableProvider()) {
                ev.preventDefault();
                await dial(number, context);
            } else {
                tell(number, context);
            }
        }

        document.addEventListener("click", onClick, { capture: true });
        return { bus, dial };
    },
};

registry.category("services").add("smart_recommender.telephony", telephonyService);
