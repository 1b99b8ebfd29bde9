/** @odoo-module **/

/*
 * `widget="ai_money"`: an amount whose totals name their currency, too.
 *
 * Odoo 17 names none beside the totals of groups, below a grouped list and in pivots. All rows of
 * ours are in the currency of their company, and all that one sees belong to the companies chosen
 * in the bar above. Where these have several currencies, the server converts what it adds up into
 * that of the first company, at today's rates (`ai.company.row`), and an ≈ says so.
 */

import { cookie } from "@web/core/browser/cookie";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { formatMonetary } from "@web/views/fields/formatters";
import { monetaryField } from "@web/views/fields/monetary/monetary_field";
import { ListRenderer } from "@web/views/list/list_renderer";

// Newer series convert what they add up by themselves.
const CONVERTS = "formatGroupAggregate" in ListRenderer.prototype;

/** The currency of totals, and whether amounts had to be converted into it. */
export function currencyOfTotals() {
    const companies = cookie.get("cids").split(/\D/);
    const currencies = companies.map((id) => session.company_currencies[id]);
    return {
        currencyId: currencies[0],
        isConverted: !CONVERTS && new Set(currencies).size > 1,
    };
}

export function formatMoney(value, options = {}) {
    if (options.currencyId || options.data || value === false) {
        return formatMonetary(value, options);
    }
    const { currencyId, isConverted } = currencyOfTotals();
    const total = formatMonetary(value, { ...options, currencyId });
    return isConverted ? `≈ ${total}` : total;
}

registry.category("formatters").add("ai_money", formatMoney);
registry.category("fields").add("ai_money", monetaryField);
