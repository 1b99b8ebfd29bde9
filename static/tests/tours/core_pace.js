/** @odoo-module **/

import * as macro from "@web/core/macro";
import { patch } from "@web/core/utils/patch";

/**
 * How long a page has to stand still before a tour looks for its next step, in milliseconds.
 *
 * Odoo 17 takes 750, of which most tours spend more than half of their time; Odoo 19, which has no
 * such engine any more, looks again at each frame. Longer than the 250 that a field of
 * text waits for the next key.
 */
const STILL = 300;

if (macro.MacroEngine) {
    patch(macro.MacroEngine.prototype, {
        getCheckDelay() {
            return Math.min(super.getCheckDelay(), STILL);
        },
    });
}
