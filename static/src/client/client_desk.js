/** @odoo-module **/

import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { ClientSheet } from "./client_sheet";

/**
 * The operator's desk: who is calling, and the sheet of this client on the full screen.
 *
 * Opened by the menu with nobody, by a client's button with `active_id` in the context, and by the
 * screen pop with `partner_id` and `number` in the parameters. A number that belongs to nobody
 * offers to create the client, one that belongs to several shows them all.
 */
export class ClientDesk extends Component {
    static template = "smart_recommender.ClientDesk";
    static components = { ClientSheet, Layout };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.search = useAutofocus({ refName: "search" });
        this.display = { controlPanel: {} };
        const { params = {}, context = {} } = this.props.action;
        const partnerId = Number(params.partner_id || context.active_id) || 0;
        // The screen pop breaks a number by a space, so that the router does not take it for a figure.
        const number = params.number ? String(params.number).replace(/\s/g, "") : "";
        this.env.config.setDisplayName(_t("Client Sheet"));
        this.state = useState({
            partnerId,
            number,
            // A screen pop is a call that has begun.
            incoming: Boolean(number),
            query: partnerId ? "" : number,
            found: null,
            desk: null,
        });
        this.startedAt = Date.now();
        onWillStart(async () => {
            if (!partnerId) {
                await Promise.all([this.loadDesk(), number ? this.find() : undefined]);
            }
        });
    }

    async loadDesk() {
        this.state.desk = await this.orm.call("ai.client.sheet", "get_desk", []);
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

    /** Open a sheet as an action of its own, so that the browser's back and reload work. */
    async open(partnerId) {
        const number = this.state.incoming ? this.state.number : "";
        await this.action.doAction("smart_recommender.client_sheet_action", {
            additionalContext: { active_id: partnerId, active_model: "res.partner" },
            props: number ? { number, startedAt: this.startedAt } : {},
            stackPosition: "replaceCurrentAction",
        });
    }

    async onClose() {
        await this.action.doAction("smart_recommender.client_sheet_action", {
            clearBreadcrumbs: true,
        });
    }

    async createClient() {
        const number = this.state.found ? this.state.found.number : "";
        await this.action.doAction({
            type: "ir.actions.act_window",
            name: _t("New Client"),
            res_model: "res.partner",
            views: [[false, "form"]],
            target: "current",
            context: number ? { default_phone: number } : { default_name: this.state.query.trim() },
        });
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

    get incomingNumber() {
        return this.props.number || (this.state.incoming ? this.state.number : "");
    }

    get emptyTitle() {
        return this.state.found.number
            ? _t("No client has the number %s", this.state.found.number)
            : _t("No client is called “%s”", this.state.query.trim());
    }

    get severalTitle() {
        return this.state.found.number
            ? _t("Several clients have %s", this.state.found.number)
            : _t("%s clients found", this.state.found.matches.length);
    }
}

registry.category("actions").add("smart_recommender.client_sheet", ClientDesk);
