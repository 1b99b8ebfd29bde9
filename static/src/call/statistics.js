/** @odoo-module **/

import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { usePart } from "../core/part";
import { PeriodPicker } from "../core/period_picker";
import { StatisticsBlock } from "./statistics_block";

const USUAL_DAYS = 30;

/**
 * Statistics for supervisors: blocks of figures for a period and an operator, all chosen on top.
 *
 * `ai.call.statistics` says which blocks there are; each is read by itself. The PDF, the files and
 * the analysis are of the same period and operator.
 */
export class CallStatistics extends Component {
    static template = "smart_recommender.CallStatistics";
    static components = { Layout, PeriodPicker, StatisticsBlock };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ period: { days: USUAL_DAYS }, userId: false });
        this.part = usePart(() => this.call("get_page"));
        onWillStart(() => this.part.read());
    }

    get page() {
        return this.part.data;
    }

    call(method, ...args) {
        return this.orm.call("ai.call.statistics", method, args);
    }

    onPeriod(period) {
        this.state.period = period;
    }

    onOperator(event) {
        this.state.userId = Number(event.target.value) || false;
    }

    /** Of the server, for the period and the operator: the PDF, or the rows behind the figures. */
    async open(method) {
        const { period, userId } = this.state;
        await this.action.doAction(await this.call(method, period, userId));
    }

    exportUrl(kind) {
        const { period, userId } = this.state;
        const asked = { ...period, kind, companies: this.page.company_ids.join(",") };
        const query = new URLSearchParams(userId ? { ...asked, user_id: userId } : asked);
        return `/smart_recommender/call_statistics?${query}`;
    }
}

registry.category("actions").add("smart_recommender.call_statistics", CallStatistics);
