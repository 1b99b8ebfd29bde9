/** @odoo-module **/

import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { inWords } from "../classification/class_words";
import { inPercent } from "../core/figures";

const NOT_KNOWN = "–";
// The bar ends a little beyond the larger of stock and reorder point, so that both are seen.
const BAR_MARGIN = 1.15;

export const ACTION_COLOURS = {
    order_now: "danger",
    watch: "warning",
    ok: "success",
    unknown: "secondary",
};

function number(value, digits = 2) {
    return value === null
        ? NOT_KNOWN
        : formatFloat(value, { digits: [16, digits], trailingZeros: false });
}

/**
 * The replenishment tab of a product: what to do, how stock and reorder point compare, and why.
 *
 * Draws the value of `ai_replenishment` (see the model `product.product`), one variant and one
 * warehouse at a time; what is not known is null there and a dash here.
 */
export class AiReplenishment extends Component {
    static template = "smart_recommender.AiReplenishment";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ variant: 0, warehouse: null });
        // The pager shows another product in the same component.
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.props.record.resId) {
                Object.assign(this.state, { variant: 0, warehouse: null });
            }
        });
    }

    get value() {
        return this.props.record.data[this.props.name] || { status: "untrained", variants: [] };
    }

    get variants() {
        return this.value.variants;
    }

    get variant() {
        return this.variants[this.state.variant] || this.variants[0];
    }

    get status() {
        return this.variant ? this.variant.status : this.value.status;
    }

    /** The warehouses of the variant, the most urgent first. */
    get rows() {
        return this.status === "ok" ? this.variant.rows : [];
    }

    get row() {
        return this.rows.find((row) => row.warehouse_id === this.state.warehouse) || this.rows[0];
    }

    get emptyTitle() {
        return {
            disabled: _t("Replenishment advice is switched off"),
            excluded: _t("This product is excluded"),
            service: _t("Services are not kept in stock"),
            consumable: _t("Consumables are not counted"),
            kit: _t("A kit is not kept in stock itself"),
            archived: _t("Archived products are not planned"),
            no_warehouse: _t("There is no warehouse"),
            untrained: _t("Nothing has been planned yet"),
            new: _t("Not planned yet"),
        }[this.status];
    }

    get emptyHelp() {
        return {
            disabled: _t("An administrator can switch the AI Recommender on in its settings."),
            excluded: _t("Settings › AI Recommender lists what training ignores."),
            service: _t("Only storable products are planned."),
            consumable: _t(
                "Only storable products are planned. Change the product type on the first tab to have its stock counted."
            ),
            kit: _t("Its components are planned: open them to see what to order."),
            archived: _t("Restore the product to have it planned by the next training."),
            no_warehouse: _t("Create a warehouse in Inventory › Configuration › Warehouses."),
            untrained: _t(
                "A manager can start it from the menu AI Recommender › Training › Run AI Training."
            ),
            new: _t(
                "The next training plans it, tonight or from the menu AI Recommender › Training › Run AI Training."
            ),
        }[this.status];
    }

    get classWords() {
        return inWords(this.variant.class);
    }

    actionLabel(row) {
        return {
            order_now: _t("Order Now"),
            watch: _t("Watch"),
            ok: _t("OK"),
            unknown: _t("Unknown"),
        }[row.action];
    }

    actionColour(row) {
        return ACTION_COLOURS[row.action];
    }

    /** What to do beside the badge, in a few words. */
    get headline() {
        const { action, quantity, vendor, order_before } = this.row;
        if (action === "order_now") {
            const amount = this.units(quantity);
            return vendor ? _t("%s from %s", amount, vendor) : amount;
        }
        if (action === "watch" && order_before) {
            return _t("Order before %s", formatDate(deserializeDate(order_before)));
        }
        return action === "ok" ? _t("Nothing to order") : "";
    }

    number(value, digits) {
        return number(value, digits);
    }

    units(value) {
        return value === null ? NOT_KNOWN : `${number(value)} ${this.variant.unit}`;
    }

    days(value) {
        return value === null ? NOT_KNOWN : _t("%s days", number(value, 1));
    }

    cover(row) {
        return row.endless ? "∞" : this.days(row.cover);
    }

    money(value) {
        return value === null
            ? NOT_KNOWN
            : formatMonetary(value, { currencyId: this.value.currency_id });
    }

    percent(share) {
        return inPercent(share, 1);
    }

    // ------------------------------------------------------------------
    // The bar
    // ------------------------------------------------------------------

    get hasBar() {
        return this.row.rop !== null;
    }

    /** Share of the bar's length that a quantity has, in percent. */
    share(quantity) {
        const most = Math.max(this.row.available, this.row.rop, 0) * BAR_MARGIN;
        return most ? Math.min(100, (100 * Math.max(quantity, 0)) / most) : 0;
    }

    get barLabel() {
        return _t(
            "%s available, reorder point %s",
            this.units(this.row.available),
            this.units(this.row.rop)
        );
    }

    // ------------------------------------------------------------------
    // Figures
    // ------------------------------------------------------------------

    /** [[label, value, explanation]] in the order in which one leads to the next. */
    get figures() {
        const row = this.row;
        const figures = [
            [_t("On Hand"), this.units(row.on_hand)],
            [_t("Incoming"), this.units(row.incoming), this.incomingHelp],
            [this.reservedLabel, this.units(row.reserved)],
            [_t("Available"), this.units(row.available), this.availableHelp],
            [_t("Demand a Day"), this.units(row.daily_demand), this.demandHelp],
            [_t("Lead Time"), this.days(row.lead_time), row.lead_time_origin],
            [_t("Safety Stock"), this.units(row.safety_stock)],
            [_t("Reorder Point"), this.units(row.rop)],
            [_t("Days of Cover"), this.cover(row)],
            [_t("To Order"), this.units(row.quantity), this.orderHelp],
            [_t("Reordering Rule"), this.rule],
        ];
        if (row.fill_rates) {
            figures.push([
                _t("Would Have Served"),
                _t(
                    "%s or %s",
                    this.percent(row.fill_rates.days),
                    this.percent(row.fill_rates.service)
                ),
                _t("of last year's demand, by safety days or by service level"),
            ]);
        }
        return figures;
    }

    get reservedLabel() {
        return this.value.available_stock === "outgoing" ? _t("Promised") : _t("Reserved");
    }

    get incomingHelp() {
        const { incoming_late, incoming_left_out } = this.row;
        return [
            incoming_late && _t("%s late or without a date", this.units(incoming_late)),
            incoming_left_out && _t("%s too late to count", this.units(incoming_left_out)),
        ]
            .filter(Boolean)
            .join(", ");
    }

    get availableHelp() {
        return this.value.available_stock === "on_hand" ? _t("on hand only") : "";
    }

    get demandHelp() {
        const { known_days, days_out } = this.row;
        if (!this.row.id) {
            return "";
        }
        return days_out
            ? _t("%s days known, %s without stock left out", known_days, days_out)
            : _t("%s days known", known_days);
    }

    get orderHelp() {
        const { quantity, order_value, price, price_is_cost } = this.row;
        if (!quantity || !price) {
            return "";
        }
        const total = this.money(order_value);
        return price_is_cost
            ? _t("%s at cost (%s each)", total, this.money(price))
            : _t("%s (%s each)", total, this.money(price));
    }

    get rule() {
        const { rule } = this.row;
        return rule ? _t("%s to %s", number(rule.min), this.units(rule.max)) : _t("No rule");
    }

    // ------------------------------------------------------------------
    // Actions
    // ------------------------------------------------------------------

    onVariant(ev) {
        Object.assign(this.state, { variant: parseInt(ev.target.value, 10), warehouse: null });
    }

    onWarehouse(row) {
        this.state.warehouse = row.warehouse_id;
    }

    async openOnBoard() {
        const action = await this.orm.call("ai.replenishment", "action_open_on_board", [
            [this.row.id],
        ]);
        await this.action.doAction(action);
    }
}

export const aiReplenishment = {
    component: AiReplenishment,
    displayName: _t("Replenishment"),
    supportedTypes: ["json"],
};

registry.category("fields").add("ai_replenishment", aiReplenishment);
