/** @odoo-module **/

import { loadJS } from "@web/core/assets";

const LIBRARY = "/smart_recommender/static/lib/jssip/jssip.js";

/** The SIP library, loaded when the first operator with an account needs it. */
export async function loadJsSIP() {
    await loadJS(LIBRARY);
    return window.JsSIP;
}
