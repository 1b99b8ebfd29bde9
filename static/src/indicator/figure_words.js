/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/views/fields/formatters";
import { amount, date, dateTime, inPercent, money } from "../core/figures";

/** A value of an indicator with its unit. */
export function inWords(value, unit, currencyId) {
    switch (unit) {
        case "money":
            return money(value, currencyId);
        case "percent":
            return inPercent(value / 100, 1);
        case "days":
            return _t("%s days", amount(value));
        case "turns":
            return _t("%s × a year", amount(value));
        default:
            return amount(value);
    }
}

/** A change with its sign: +3.1 %, or −0.4 points. */
export function changeInWords(change, unit) {
    const rounded = Math.round(10 * change) / 10;
    const size = formatFloat(Math.abs(rounded), { digits: [16, 1] });
    const sign = rounded ? { 1: "+", "-1": "−" }[Math.sign(rounded)] : "";
    return unit === "points" ? _t("%s points", sign + size) : `${sign}${size}\u00a0%`;
}

/** What a change means, for those who see no colour. */
export function trendInWords(trend) {
    return { good: _t("better"), bad: _t("worse"), flat: _t("unchanged") }[trend] || "";
}

/** A moment of the server: its time where it is of today, else with its day. */
export function asOf(text) {
    const moment = dateTime(text);
    const today = dateTime(luxon.DateTime.utc().toFormat("yyyy-MM-dd HH:mm:ss"));
    const [day, time] = moment.split(" ");
    return day === today.split(" ")[0] ? _t("as of today, %s", time) : _t("as of %s", moment);
}

export function days(from, to) {
    return from === to ? date(from) : _t("%s to %s", date(from), date(to));
}
