/** @odoo-module **/

import { onMounted, onWillUnmount, useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const SECONDS = 120;

/** Call something every two minutes while somebody may see the page, and when it is seen again. */
export function useRefresh(refresh) {
    let timer = null;
    let last = Date.now();

    function turn() {
        last = Date.now();
        refresh();
    }

    function stop() {
        browser.clearInterval(timer);
        timer = null;
    }

    function start() {
        stop();
        timer = browser.setInterval(turn, 1000 * SECONDS);
    }

    function onVisibility() {
        if (document.hidden) {
            stop();
            return;
        }
        if (Date.now() - last >= 1000 * SECONDS) {
            turn();
        }
        start();
    }

    useExternalListener(document, "visibilitychange", onVisibility);
    onMounted(() => document.hidden || start());
    onWillUnmount(stop);
}
