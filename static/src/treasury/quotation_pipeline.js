/** @odoo-module **/

import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { dateTime, inPercent, money } from "../core/figures";

/**
 * What open quotations and opportunities are likely to bring, and how good the chances are.
 *
 * Shows what `get_pipeline` of `ai.quotation.pipeline` returns.
 */
export class QuotationPipeline extends Component {
    static template = "smart_recommender.QuotationPipeline";
    static components = { Layout };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        onWillStart(async () => {
            this.state.data = await this.orm.call("ai.quotation.pipeline", "get_pipeline", []);
        });
    }

    get data() {
        return this.state.data;
    }

    get model() {
        return this.data.model;
    }

    get crm() {
        return this.data.crm;
    }

    get parts() {
        const { quotations, leads } = this.data;
        return [
            {
                key: "quotations",
                title: _t("Quotations"),
                empty: _t("No open quotation has a chance. Training tells them every night."),
                figures: quotations,
            },
            {
                key: "leads",
                title: _t("Opportunities, as CRM tells them"),
                empty: _t("No opportunity is open."),
                figures: leads,
            },
        ];
    }

    // Words

    get trainedText() {
        return this.model.trained_at ? _t("as of %s", dateTime(this.model.trained_at)) : "";
    }

    ofText({ count, amount }) {
        return _t("Open: %s, together %s", formatInteger(count), this.money(amount));
    }

    rangeText({ low, high }) {
        return _t("Four times out of five, %s to %s", this.money(low), this.money(high));
    }

    get unknownText() {
        const { count, amount } = this.data.unknown;
        if (count === 1) {
            return _t(
                "1 open quotation (%s) has no chance yet: it is newer than the last training.",
                this.money(amount)
            );
        }
        return _t(
            "%s open quotations (%s) have no chance yet: they are newer than the last training.",
            formatInteger(count),
            this.money(amount)
        );
    }

    get givenUpText() {
        return _t(
            "%s open quotations (%s) count as given up: nearly all that are won are won within %s days.",
            formatInteger(this.data.given_up.count),
            this.money(this.data.given_up.amount),
            formatInteger(this.model.lapse)
        );
    }

    get crmText() {
        const { lead_count: count, least } = this.crm;
        return this.crm.is_told
            ? _t(
                  "Of %s opportunities, seven days old: Brier score %s, with their share won for all %s.",
                  formatInteger(count),
                  this.score(this.crm.crm_brier),
                  this.score(this.crm.crm_base_brier)
              )
            : _t(
                  "CRM's score of each opportunity is noted when it is seven days old and compared with what became of it 90 days later. So far %s of %s.",
                  formatInteger(count),
                  formatInteger(least)
              );
    }

    get tables() {
        return [
            { key: "model", title: _t("Quotations"), bins: this.model.bins },
            { key: "crm", title: _t("Opportunities"), bins: this.crm.bins },
        ].filter((table) => table.bins.length);
    }

    percent(share) {
        return inPercent(share);
    }

    number(value) {
        return formatInteger(value);
    }

    score(value) {
        return formatFloat(value, { digits: [16, 3] });
    }

    money(value) {
        return money(value, this.data.currency_id);
    }

    // Clicks

    onChances() {
        this.action.doAction("smart_recommender.ai_quotation_chance_action");
    }
}

registry.category("actions").add("smart_recommender.quotation_pipeline", QuotationPipeline);
