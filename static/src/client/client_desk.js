/** @odoo-module **/

import { Component, onMounted, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { date, money, quantity } from "../core/figures";
import { ClientSheet } from "./client_sheet";

export const TAG = "smart_recommender.client_sheet";

/**
 * The action of a client's sheet, or of the question whose number it is.
 *
 * @param {number|false} partnerId
 * @param {{number?: string}} [params] what else belongs into the address
 */
export function sheetAction(partnerId, params = {}) {
    return {
        type: "ir.actions.client",
        name: _t("Client Sheet"),
        tag: TAG,
        context: partnerId ? { active_id: partnerId, active_model: "res.partner" } : {},
        params,
    };
}

/** A number for the address: a router makes a figure of what looks like one, and a plus or a
 * leading zero would be lost. A space prevents it, as in controllers/call. */
function keptAsText(number) {
    return /^\+?\d{2,}$/.test(number) ? `${number.slice(0, -1)} ${number.slice(-1)}` : number;
}

/**
 * The operator's desk: who is calling, and the sheet of this client on the full screen.
 *
 * Opened by the menu with nobody, by a client's button with `active_id` in the context, and by the
 * screen pop with `partner_id` and `number` in the parameters. A number that belongs to nobody
 * offers to create the client, one that belongs to several shows them all. The address holds client
 * and number, so that reload, back and a bookmark show the same.
 */
export class ClientDesk extends Component {
    static template = "smart_recommender.ClientDesk";
    static components = { ClientSheet, Layout };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.search = useAutofocus({ refName: "search" });
        this.display = { controlPanel: {} };
        const { params = {}, context = {} } = this.props.action;
        // A reload of an action that the server knows puts its address into the context.
        this.params = { ...context.params, ...params };
        const partnerId = Number(this.params.partner_id || context.active_id) || 0;
        const number = this.params.number ? String(this.params.number).replace(/\s/g, "") : "";
        this.env.config.setDisplayName(_t("Client Sheet"));
        this.state = useState({
            partnerId,
            number,
            query: partnerId ? "" : number,
            found: null,
            desk: null,
            period: "week",
        });
        onWillStart(async () => {
            if (!partnerId) {
                await Promise.all([this.loadDesk(), number ? this.findNumber() : undefined]);
            }
        });
        onMounted(() => this.writeAddress());
    }

    /** What the address holds. */
    address() {
        const { partnerId, number } = this.state;
        return {
            active_id: partnerId || undefined,
            number: number ? keptAsText(number) : undefined,
        };
    }

    writeAddress() {
        // Odoo 19 hands actions a function for it, 17 has a service.
        if (this.props.updateActionState) {
            this.props.updateActionState(this.address());
            return;
        }
        const { router } = this.env.services;
        const { action, number } = router.current.hash;
        if (action === TAG && number === this.params.number) {
            // A screen pop: the browser's back must not find it as if it had just rung.
            router.replaceState(this.address());
        }
        router.pushState(this.address());
    }

    async loadDesk() {
        this.state.desk = await this.orm.call("ai.client.sheet", "get_desk", []);
    }

    /** Whose number it is: the one client's sheet, or the choice. */
    async findNumber() {
        const found = await this.orm.call("ai.client.sheet", "search_clients", [
            this.state.number,
            true,
        ]);
        if (found.only_id) {
            Object.assign(this.state, { partnerId: found.only_id, query: "" });
            this.attribute(found.only_id);
        } else {
            this.state.found = found;
        }
    }

    async find() {
        const query = this.state.query.trim();
        if (!query) {
            this.state.found = null;
            return;
        }
        const found = await this.orm.call("ai.client.sheet", "search_clients", [query]);
        // An answer that was overtaken by another question says nothing.
        if (query === this.state.query.trim()) {
            this.state.found = found;
        }
    }

    async onSearch() {
        await this.find();
        const { found } = this.state;
        if (found && found.matches.length === 1) {
            await this.open(found.matches[0].id);
        }
    }

    /** It is known who calls: to be extended. */
    attribute(_partnerId) {}

    /** Open a sheet as an action of its own, so that the browser's back and reload work. */
    async open(partnerId) {
        this.attribute(partnerId);
        const { active_id: _active, ...params } = this.address();
        await this.action.doAction(sheetAction(partnerId, params), {
            stackPosition: "replaceCurrentAction",
        });
    }

    /** In a dialog: what is known of the call stays behind it, and the new client's sheet follows. */
    createClient() {
        const { found, query } = this.state;
        const defaults = found && found.number ? { default_phone: found.number } : {};
        if (found && !found.is_number) {
            defaults.default_name = query.trim();
        }
        this.dialog.add(FormViewDialog, {
            resModel: "res.partner",
            title: _t("New Client"),
            context: { form_view_ref: "smart_recommender.view_partner_form_caller", ...defaults },
            onRecordSaved: (record) => this.open(record.resId),
        });
    }

    quantity = quantity;

    ordered({ revenue, order_count: count }) {
        const amount = money(revenue, this.state.desk.currency_id);
        return count === 1 ? _t("%s, 1 order", amount) : _t("%s, %s orders", amount, count);
    }

    arrived({ arrived_on, client_count: count }) {
        const day = date(arrived_on);
        if (!count) {
            return _t("since %s", day);
        }
        return count === 1
            ? _t("since %s, fits 1 client", day)
            : _t("since %s, fits %s clients", day, count);
    }

    /** The clients whom a new product fits. */
    async openArrival({ product_id }) {
        const action = await this.action.loadAction("smart_recommender.ai_client_arrival_action");
        // Its own context groups by product, and would win.
        const context = { search_default_product_id: product_id, search_default_callable: 1 };
        await this.action.doAction({ ...action, context });
    }

    async openLead(lead) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: lead.id,
            views: [[false, "form"]],
            target: "current",
        });
    }

    get emptyTitle() {
        const { is_number, is_valid, number, message } = this.state.found;
        if (!is_number) {
            return _t("No client is called “%s”", this.state.query.trim());
        }
        return is_valid ? _t("No client has the number %s", number) : message;
    }

    get severalTitle() {
        return this.state.found.is_number
            ? _t("Several clients have %s", this.state.found.number)
            : _t("%s clients found", this.state.found.matches.length);
    }
}

registry.category("actions").add(TAG, ClientDesk);
