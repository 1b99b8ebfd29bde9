/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { money, quantity } from "../core/figures";
import { because } from "./reasons";

/**
 * What to offer a client now: due for reorder, liked by customers like this one, popular.
 *
 * One click adds a product to the newest open quotation of the client, or to a new one.
 */
export class ClientOffers extends Component {
    static template = "smart_recommender.ClientOffers";
    static props = {
        partnerId: Number,
        offers: Object,
        quotations: Array,
        onChanged: Function,
        openOrder: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ busy: false });
    }

    because = because;

    get items() {
        return this.props.offers.items;
    }

    /** Offers of one kind under one title, in the order in which they came. */
    get groups() {
        const titles = {
            reorder: _t("Due for reorder"),
            similar: _t("Customers like this one also buy"),
            popular: _t("Popular products"),
        };
        return Object.entries(titles)
            .map(([kind, title]) => ({
                kind,
                title,
                items: this.items.filter((item) => item.kind === kind),
            }))
            .filter((group) => group.items.length);
    }

    get emptyHelp() {
        const helps = {
            disabled: _t("Offers are switched off in Settings › AI Recommender."),
            untrained: _t(
                "Nothing has been learned yet. A manager can start it from the menu AI Recommender › Training › Run AI Training."
            ),
            all_dismissed: _t("Every offer has been dismissed."),
            none: _t("There is nothing to offer this client yet."),
        };
        return helps[this.props.offers.status] || this.props.offers.help;
    }

    get restoreLabel() {
        const count = this.props.offers.dismissed_count;
        return count === 1
            ? _t("Bring back 1 dismissed offer")
            : _t("Bring back %s dismissed offers", count);
    }

    get target() {
        const [quotation] = this.props.quotations;
        return quotation ? _t("Add to %s", quotation.name) : _t("Add to a new quotation");
    }

    price(item) {
        return money(item.price, item.currency_id);
    }

    quantity(item) {
        return `${quantity(item.quantity)} ${item.uom}`;
    }

    stock(item) {
        if (item.stock === null || item.stock === undefined) {
            return "";
        }
        return item.stock > 0 ? _t("%s in stock", quantity(item.stock)) : _t("Out of stock");
    }

    /** Where an offer is already: "On S00042: 6 Units". */
    quoted(item) {
        return item.quoted
            .map((line) => _t("On %s: %s %s", line.order_name, quantity(line.quantity), line.uom))
            .join(" · ");
    }

    onAdd(item, fresh = false) {
        return this.exclusively(async () => {
            const added = await this.orm.call(
                "res.partner",
                "action_add_offer",
                [[this.props.partnerId], item.product_id],
                {
                    new: fresh,
                    quantity: item.quantity,
                    kind: item.kind,
                    rank: item.rank,
                }
            );
            this.notification.add(_t("%s added to %s", item.name, added.order_name), {
                type: "success",
                buttons: [
                    {
                        name: _t("Open the Quotation"),
                        onClick: () => this.props.openOrder(added.order_id),
                    },
                ],
            });
        });
    }

    onDismiss(item) {
        return this.exclusively(() =>
            this.orm.call("res.partner", "action_dismiss_offer", [
                [this.props.partnerId],
                item.product_id,
            ])
        );
    }

    onRestore() {
        return this.exclusively(() =>
            this.orm.call("res.partner", "action_restore_offers", [[this.props.partnerId]])
        );
    }

    /** A second click while the first is under way would add the product twice. */
    async exclusively(work) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await work();
            await this.props.onChanged();
        } finally {
            this.state.busy = false;
        }
    }
}
