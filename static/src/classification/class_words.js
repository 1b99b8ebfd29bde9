/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { labelled } from "../core/figures";

/** Words of the letters of a class. Functions, for translations come after the modules. */
const ABC_WORDS = {
    A: () => _t("high revenue"),
    B: () => _t("medium revenue"),
    C: () => _t("low revenue"),
};

const XYZ_WORDS = {
    X: () => _t("steady sales"),
    Y: () => _t("varying sales"),
    Z: () => _t("irregular sales"),
    "?": () => _t("too few weeks to judge steadiness"),
};

const STRATEGIES = {
    AX: () => _t("Reorder automatically, low safety stock, review often."),
    AY: () => _t("Reorder automatically, safety stock for the swings, watch the forecast."),
    AZ: () => _t("Decide on each order yourself; agree on short lead times."),
    BX: () => _t("Reorder automatically, review each month."),
    BY: () => _t("Reorder points with safety stock, review each month."),
    BZ: () => _t("Small orders; safety stock only where a lost sale hurts."),
    CX: () => _t("Reorder automatically in large lots, little attention."),
    CY: () => _t("Order rarely, keep the stock small."),
    CZ: () => _t("Order on demand, consider dropping."),
    "A?": () => _t("Important but too new to plan: check it every week."),
    "B?": () => _t("Too few whole periods: order manually for now."),
    "C?": () => _t("Too few whole periods: order little for now."),
    N: () => _t("Nothing sold in the period: sell off what is left or drop it, unless it is new."),
};

/** "A: high revenue, X: steady sales" */
export function inWords(name) {
    if (name === "N") {
        return _t("N: no sales in the period");
    }
    const [abc, xyz] = name;
    return `${labelled(abc, ABC_WORDS[abc]())}, ${labelled(xyz, XYZ_WORDS[xyz]())}`;
}

export function xyzWords(letter) {
    return XYZ_WORDS[letter]();
}

export function strategy(name) {
    return STRATEGIES[name]();
}
