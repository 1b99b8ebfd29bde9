/** @odoo-module **/

/*
 * `widget="ai_money"`: an amount whose totals name their currency, too.
 *
 * Odoo 17 names none beside the totals of groups, below a grouped list and in pivots. All rows of
 * ours are in the currency of their company, and all that one sees belong to the companies chosen
 * in the bar above: where these share a currency, it is that of the total. Where they do not,
 * Odoo 17 would add dirhams to dollars, and a dash says that there is no such sum.
 */

import { cookie } from "@web/core/browser/cookie";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { formatMonetary } from "@web/views/fields/formatters";
import { monetaryField } from "@web/views/fields/monetary/monetary_field";
import { ListRenderer } from "@web/views/list/list_renderer";

const NO_SUM = "—";
// Newer series convert what they add up into the currency of the first company.
const CONVERTS = "formatGroupAggregate" in ListRenderer.prototype;

/** The currency of totals: its id, or null where the companies have several. */
function currencyOfTotals() {
    const companies = cookie.get("cids").split(/\D/);
    const currencies = companies.map((id) => session.company_currencies[id]);
    return CONVERTS || new Set(currencies).size === 1 ? currencies[0] : null;
}

export function formatMoney(value, options = {}) {
    if (options.currencyId || options.data || value === false) {
        return formatMonetary(value, options);
    }
    const currencyId = currencyOfTotals();
    return currencyId ? formatMonetary(value, { ...options, currencyId }) : NO_SUM;
}

registry.category("formatters").add("ai_money", formatMoney);
registry.category("fields").add("ai_money", monetaryField);
