/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/views/fields/formatters";

/**
 * Why a product is suggested, in a sentence.
 *
 * item: one of the items of the models `ai.suggestion` and `ai.customer.recommendation`.
 */
export function because(item) {
    switch (item.kind) {
        case "reorder":
            return _t("%(rhythm)s; %(due)s", {
                rhythm: rhythm(item),
                due: dueWhen(item.overdue_days),
            });
        case "similar":
            return item.antecedents.length
                ? _t("Customers who buy %s also buy it", item.antecedents.join(", "))
                : _t("Customers like this one also buy it");
        case "history":
            return history(item);
        case "popular":
            return popularWhere(item);
        case "affinity":
            return _t("Goes with %s", item.antecedents.join(", "));
        default:
            return item.note || _t("Because of %s", item.antecedents.join(" + "));
    }
}

/** A short word for the kinds that are about the customer and not the basket; "" for others. */
export function customerBadge(item) {
    return (
        {
            reorder: _t("Due for reorder"),
            similar: _t("Customers like this one"),
        }[item.kind] || ""
    );
}

/** Orders of the customer with the product; who may not read them all hears of the own ones. */
function history({ order_count: count, is_partial: isPartial }) {
    if (isPartial) {
        return count === 1
            ? _t("This customer bought it in 1 of your orders")
            : _t("This customer bought it in %s of your orders", count);
    }
    return count === 1
        ? _t("This customer bought it in 1 earlier order")
        : _t("This customer bought it in %s earlier orders", count);
}

/** The same behind another reason. */
export function historyToo({ order_count: count, is_partial: isPartial }) {
    if (isPartial) {
        return count === 1
            ? _t("this customer bought it in 1 of your orders")
            : _t("this customer bought it in %s of your orders", count);
    }
    return count === 1
        ? _t("this customer has bought it once")
        : _t("this customer has bought it %s times", count);
}

function rhythm(item) {
    const days = formatFloat(item.interval_days, {
        digits: [16, Number.isInteger(item.interval_days) ? 0 : 1],
    });
    return item.interval_days === 1
        ? _t("Bought %s times, usually every day", item.purchase_count)
        : _t("Bought %s times, usually every %s days", item.purchase_count, days);
}

function dueWhen(overdue) {
    switch (overdue) {
        case 0:
            return _t("due today");
        case 1:
            return _t("due yesterday");
        case -1:
            return _t("due tomorrow");
        default:
            return overdue > 0 ? _t("due %s days ago", overdue) : _t("due in %s days", -overdue);
    }
}

function popularWhere(item) {
    switch (item.scope) {
        case "category":
            return _t("Popular with customers tagged %s", item.scope_name);
        case "state":
        case "country":
            return _t("Popular in %s", item.scope_name);
        case "company":
            return _t("Popular with your customers");
        default:
            return item.category
                ? _t("Popular in %s", item.category)
                : _t("Popular with your customers");
    }
}
