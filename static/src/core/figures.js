/** @odoo-module **/

import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
} from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";

export const NOT_KNOWN = "–";

/** A label and what it says, with the colon of the user's language. */
export function labelled(label, value) {
    return _t("%(label)s: %(value)s", { label, value });
}

/** Values with one decimal where they are small: 0.4 a day is not 0. */
export function units(value) {
    return formatFloat(value, { digits: [16, Math.abs(value) < 20 ? 1 : 0] });
}

/** A value that stands alone: as above, and without a zero behind the point. */
export function amount(value) {
    return formatFloat(value, {
        digits: [16, Math.abs(value) < 20 ? 1 : 0],
        trailingZeros: false,
    });
}

/** A quantity as an order line writes it: all its decimals, and no zeros behind them. */
export function quantity(value) {
    return formatFloat(value, { digits: [16, 6], trailingZeros: false });
}

/** A date of the server in the user's own form. */
export function date(text) {
    return formatDate(deserializeDate(text));
}

/** A moment of the server, in the user's own form and time zone, without seconds. */
export function dateTime(text) {
    const format = `${localization.dateFormat} HH:mm`;
    return formatDateTime(deserializeDateTime(text), { format });
}

/** The day of a moment of the server, in the user's time zone. */
export function dayOf(text) {
    return formatDate(deserializeDateTime(text));
}

/** An amount of a currency; whole where it is large, as nobody reads the cents of thousands. */
export function money(value, currencyId) {
    const digits = Math.abs(value) >= 10000 ? [16, 0] : undefined;
    return formatMonetary(value, { currencyId, digits });
}

/** A share in percent, on one line with its sign. */
export function inPercent(share, decimals = 0) {
    return `${formatFloat(100 * share, { digits: [16, decimals] })}\u00a0%`;
}

/** A change in percent, with + where it is one upwards; a dash for null. */
export function percent(share) {
    if (share === null) {
        return NOT_KNOWN;
    }
    const rounded = Math.round(100 * share) / 100;
    return `${rounded > 0 ? "+" : ""}${inPercent(rounded)}`;
}
