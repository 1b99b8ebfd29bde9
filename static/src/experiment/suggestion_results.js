/** @odoo-module **/

import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { date, dateTime, dayOf, inPercent, money } from "../core/figures";
import { EffectChart } from "./effect_chart";

const PERIODS = [30, 90, 365];
const USUAL = 90;
// Measures in company currency; the others are a number and a share.
const AMOUNTS = ["revenue", "margin"];

/**
 * What suggestions earn: two figures that are never mixed.
 *
 * Attributed revenue is what a click added and was sold, an upper bound. What suggestions brought
 * comes from an experiment. Shows what `get_results` of `ai.suggestion.results` returns.
 */
export class SuggestionResults extends Component {
    static template = "smart_recommender.SuggestionResults";
    static components = { Layout, EffectChart };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.periods = PERIODS;
        this.state = useState({ data: null, days: USUAL, experimentId: false });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call("ai.suggestion.results", "get_results", [], {
            days: this.state.days,
            experiment_id: this.state.experimentId,
        });
    }

    get data() {
        return this.state.data;
    }

    get attributed() {
        return this.data.attributed;
    }

    get experiment() {
        return this.data.experiment;
    }

    // Words

    get period() {
        return _t("%s to %s", date(this.data.date_from), date(this.data.date_to));
    }

    periodLabel(days) {
        return _t("%s days", days);
    }

    get shareOfSales() {
        const { revenue, order_revenue: all } = this.attributed;
        return all > 0 ? _t("%s of all sales", inPercent(revenue / all, 1)) : "";
    }

    get ordersText() {
        const { order_count: orders, line_count: lines } = this.attributed;
        return _t("%s lines of %s orders", this.number(lines), this.number(orders));
    }

    get unplacedText() {
        return _t(
            "Credit notes of %s name no order and no invoice, and are deducted nowhere.",
            this.money(this.data.unplaced_refunds)
        );
    }

    get experimentFacts() {
        const { started, ended, evaluated, control_sees: control, looks } = this.experiment;
        const facts = [
            ended
                ? _t("from %s to %s", dayOf(started), dayOf(ended))
                : _t("since %s", dayOf(started)),
            {
                nothing: _t("the control sees no suggestions"),
                popular: _t("the control sees popular products only"),
                same: _t("A/A test: both see suggestions, no difference is to be found"),
            }[control],
            looks === "fixed" ? _t("to be read once, at its end") : _t("may be read at any time"),
        ];
        return evaluated ? [...facts, _t("as of %s", dateTime(evaluated))] : facts;
    }

    get countsText() {
        const each = this.experiment;
        if (each.unit === "order") {
            return _t(
                "Counted: %s quotations with suggestions, %s in the control",
                this.number(each.treated_count),
                this.number(each.control_count)
            );
        }
        return _t(
            "Counted: %s quotations of %s clients with suggestions, %s of %s in the control",
            this.number(each.treated_count),
            this.number(each.treated_client_count),
            this.number(each.control_count),
            this.number(each.control_client_count)
        );
    }

    /** A range may be read before the end only where it allows for that. */
    get isEarly() {
        return this.experiment.state === "running" && this.experiment.looks === "fixed";
    }

    get main() {
        const found =
            this.experiment && this.experiment.results.find((r) => r.measure === "revenue");
        return found && found.is_known ? found : null;
    }

    get brought() {
        return this.range(this.main.total, this.main.total_low, this.main.total_high, (value) =>
            this.money(value)
        );
    }

    range(value, low, high, format) {
        return {
            value: format(value),
            between: _t("between %s and %s", format(low), format(high)),
        };
    }

    mean(result, value) {
        if (AMOUNTS.includes(result.measure)) {
            return this.money(value);
        }
        return result.measure === "won"
            ? inPercent(value, 1)
            : formatFloat(value, { digits: [16, 2] });
    }

    effect(result) {
        if (!result.is_known) {
            return _t("cannot tell yet");
        }
        return result.has_relative
            ? this.signed(result.relative)
            : this.mean(result, result.absolute);
    }

    between(result) {
        if (!result.is_known) {
            return "";
        }
        return result.has_relative
            ? _t("%s to %s", this.signed(result.relative_low), this.signed(result.relative_high))
            : _t("%s to %s", this.mean(result, result.low), this.mean(result, result.high));
    }

    signed(share) {
        return `${share > 0 ? "+" : ""}${inPercent(share, 1)}`;
    }

    uptake(row) {
        return row.shown ? inPercent(row.added / row.shown, 1) : "–";
    }

    money(value) {
        return money(value, this.data.currency_id);
    }

    number(value) {
        return formatInteger(value);
    }

    // Actions

    async onPeriod(days) {
        this.state.days = days;
        await this.load();
    }

    async onExperiment(ev) {
        this.state.experimentId = Number(ev.target.value);
        await this.load();
    }

    onSales() {
        this.action.doAction("smart_recommender.ai_suggestion_sale_action");
    }

    onOpenExperiment() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ai.experiment",
            res_id: this.experiment.id,
            views: [[false, "form"]],
        });
    }

    onExperiments() {
        this.action.doAction("smart_recommender.ai_experiment_action");
    }
}

registry.category("actions").add("smart_recommender.suggestion_results", SuggestionResults);
