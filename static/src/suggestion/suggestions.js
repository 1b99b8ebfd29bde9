/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import {
    formatFloat,
    formatInteger,
    formatMonetary,
    formatPercentage,
} from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { quantity } from "../core/figures";
import { because, customerBadge, historyToo } from "./reasons";

/**
 * The AI Suggestions tab of a quotation.
 *
 * Draws the value of `ai_suggestions` (see the model `ai.suggestion`) and adds products through
 * the record of the form itself, so that a new, unsaved quotation works like a saved one and the
 * order line computes price, taxes, unit and warnings as if the product had been typed in.
 */
export class AiSuggestions extends Component {
    static template = "smart_recommender.AiSuggestions";
    static props = { ...standardFieldProps };

    setup() {
        this.notification = useService("notification");
        this.state = useState({ busy: false });
    }

    get suggestions() {
        return this.props.record.data[this.props.name] || { status: "empty_basket", items: [] };
    }

    get canAdd() {
        return !this.suggestions.readonly && !this.state.busy;
    }

    /** Of a status that another subject adds, the server says the words. */
    get emptyTitle() {
        const titles = {
            disabled: _t("Suggestions are switched off"),
            empty_basket: _t("Add a first product"),
            untrained: _t("Nothing has been learned yet"),
            no_match: _t("No suggestion for these products"),
            all_dismissed: _t("You have dismissed every suggestion"),
        };
        return titles[this.suggestions.status] || this.suggestions.title;
    }

    get emptyHelp() {
        const helps = {
            disabled: _t("An administrator can switch them on in Settings › AI Recommender."),
            empty_basket: _t(
                "Choose a customer or add a product: what to offer will then appear here."
            ),
            untrained: _t(
                "A manager can start it from the menu AI Recommender › Training › Run AI Training. It needs confirmed orders with two or more products."
            ),
            no_match: _t(
                "They are not bought often enough with others. A manager can add a manual rule, an administrator can lower the limits in Settings › AI Recommender."
            ),
            all_dismissed: _t("Bring them back below, or add another product."),
        };
        return helps[this.suggestions.status] || this.suggestions.help;
    }

    get restoreLabel() {
        const count = this.suggestions.dismissed_count;
        return count === 1
            ? _t("Bring back 1 dismissed suggestion")
            : _t("Bring back %s dismissed suggestions", count);
    }

    imageUrl(item) {
        return `/web/image/product.product/${item.product_id}/image_128`;
    }

    matchChance(item) {
        return formatPercentage(item.confidence, { digits: [16, 0] });
    }

    because(item) {
        return because(item);
    }

    customerBadge(item) {
        return customerBadge(item);
    }

    /** The orders behind it: those with both products, and those of this customer. */
    evidence(item) {
        const parts = [];
        if (item.support_count) {
            parts.push(
                _t("Bought together in %s of %s orders", item.support_count, item.antecedent_count)
            );
        } else if (item.manual) {
            parts.push(_t("Recommended by your manager"));
        }
        if (item.order_count && !["history", "reorder"].includes(item.kind)) {
            parts.push(historyToo(item));
        }
        return parts.join(" · ");
    }

    /** What something speaks for, then under a heading of its own what is merely popular. */
    get parts() {
        const { items } = this.suggestions;
        const spokenFor = items.filter((item) => item.kind !== "popular");
        const popular = items.filter((item) => item.kind === "popular");
        return [
            { kind: "spoken_for", title: "", items: spokenFor },
            {
                kind: "popular",
                title: spokenFor.length ? _t("Popular in these categories") : "",
                items: popular,
            },
        ].filter((part) => part.items.length);
    }

    /** Nothing is known to go with the basket: what is shown instead must say so. */
    get isOnlyPopular() {
        const { items } = this.suggestions;
        return items.length > 0 && items.every((item) => item.kind === "popular");
    }

    get onlyPopularText() {
        return this.suggestions.empty_basket
            ? _t("Nothing is known of this customer yet. These are popular.")
            : _t("Nothing else is known to go with these products. These are popular.");
    }

    lift(item) {
        return _t("Lift %s", formatFloat(item.lift, { digits: [16, 1] }));
    }

    liftHelp(item) {
        return _t(
            "Bought %s times as often as in any order",
            formatFloat(item.lift, { digits: [16, 1] })
        );
    }

    price(item) {
        return formatMonetary(item.price, { currencyId: item.currency_id });
    }

    /** What the list is made of, above it; "" where nothing was learned of what it shows. */
    get basis() {
        const { items, order_count: count, empty_basket: isEmpty } = this.suggestions;
        if (!count || items.every((item) => item.manual || item.kind === "popular")) {
            return "";
        }
        return isEmpty
            ? _t("Based on %s past orders: what this customer may need now.", formatInteger(count))
            : _t(
                  "Based on %s past orders: what goes with this quotation and this customer.",
                  formatInteger(count)
              );
    }

    quantity(item) {
        return `${quantity(item.quantity)} ${item.uom}`;
    }

    stock(item) {
        return item.stock > 0
            ? _t("%s in stock", `${quantity(item.stock)} ${item.uom}`)
            : _t("Out of stock");
    }

    hasStock(item) {
        return item.stock !== null && item.stock !== undefined;
    }

    async onAdd(item) {
        await this.exclusively(() => this.addLine(item));
    }

    async onDismiss(item) {
        const { ai_dismissed_product_ids: dismissed } = this.props.record.data;
        await this.exclusively(() => dismissed.addAndRemove({ add: [item.product_id] }));
    }

    async onRestore() {
        const { ai_dismissed_product_ids: dismissed } = this.props.record.data;
        await this.exclusively(() => dismissed.addAndRemove({ remove: [...dismissed.currentIds] }));
    }

    /** A second click while the first is under way would add the product twice. */
    async exclusively(work) {
        if (!this.canAdd) {
            return;
        }
        this.state.busy = true;
        try {
            await work();
        } finally {
            this.state.busy = false;
        }
    }

    async addLine(item) {
        const lines = this.props.record.data.order_line;
        await lines.leaveEditMode();
        const line = await lines.addNewRecord({ position: "bottom", mode: "readonly" });
        await line.update({ product_id: [item.product_id, item.name] });
        if (!line.data.product_id) {
            // A blocking warning on the product took it off again: leave no empty line behind.
            await lines.delete(line);
            return;
        }
        // After the product, for a line that is given another one loses what suggested it; at once,
        // for whoever saves in between would have a changed form again.
        const isOther = item.quantity !== line.data.product_uom_qty;
        await line.update({
            ...(isOther ? { product_uom_qty: item.quantity } : {}),
            ai_source: "tab",
            ai_kind: item.kind,
            ai_rank: item.rank,
            ai_added_qty: item.quantity,
        });
        this.notification.add(_t("%s added to the quotation", item.name), { type: "success" });
    }
}

export const aiSuggestions = {
    component: AiSuggestions,
    displayName: _t("AI Suggestions"),
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "ai_dismissed_product_ids", type: "many2many" }],
};

registry.category("fields").add("ai_suggestions", aiSuggestions);
