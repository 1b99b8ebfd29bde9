/** @odoo-module **/

import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { date, inPercent, money } from "../core/figures";
import { usePart } from "../core/part";
import { CashChart } from "./cash_chart";

const FURTHEST_DAYS = 365;
const USUAL_DELAY = 30;
const LEAST_SHOWN = 0.005;
const PERIODS = [7, 30, 90];
const AS_IT_IS = { partnerId: 0, days: USUAL_DELAY, earlier: 0, without: [] };

/** Whole days within what the server takes; 0 for anything else. */
function wholeDays(text) {
    const days = Math.trunc(Number(text)) || 0;
    return Math.min(Math.max(days, 0), FURTHEST_DAYS);
}

/**
 * The cash of the next 90 days: how much there will be, how sure that is, when it may fall below the
 * limit, what it is made of, and what would change if.
 *
 * Shows what `get_forecast` of `ai.cash.page` returns; each change of the what-if asks it again.
 */
export class CashPage extends Component {
    static template = "smart_recommender.CashPage";
    static components = { CashChart, Layout };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.furthestDays = FURTHEST_DAYS;
        this.state = useState({ ...AS_IT_IS, search: "", found: null });
        this.part = usePart(() => this.orm.call("ai.cash.page", "get_forecast", [this.whatIf]));
        onWillStart(() => this.part.read());
    }

    get data() {
        return this.part.data;
    }

    /** What is asked of the server, null where nothing is. */
    get whatIf() {
        const { partnerId, days, earlier, without } = this.state;
        const asked = {
            ...(partnerId && days ? { partner_id: partnerId, days } : {}),
            ...(earlier ? { earlier } : {}),
            ...(without.length ? { without: [...without] } : {}),
        };
        return Object.keys(asked).length ? asked : null;
    }

    get base() {
        return this.data.base || null;
    }

    // Figures

    money(value) {
        return money(value, this.data.currency_id);
    }

    signed(value) {
        return `${value > 0 ? "+" : ""}${this.money(value)}`;
    }

    /** Where nothing moves, a dash: what does move stands out. */
    moved(value) {
        return Math.abs(value) < LEAST_SHOWN ? "–" : this.money(value);
    }

    date(text) {
        return date(text);
    }

    range({ low, high }) {
        return _t("%s to %s", this.money(low), this.money(high));
    }

    fromToday(days) {
        const { today, balance } = this.data;
        return [{ date: today, low: balance, median: balance, high: balance }, ...days];
    }

    get chart() {
        return {
            days: this.fromToday(this.data.days),
            base: this.base && this.fromToday(this.base.days),
        };
    }

    get totals() {
        return this.data.totals.map((total, place) => ({
            ...total,
            label: this.periodLabel(total.days),
            base: this.base && this.base.totals[place].median,
        }));
    }

    get periods() {
        return PERIODS.map((days) => this.periodLabel(days));
    }

    get kindTotals() {
        return PERIODS.map((_days, place) =>
            this.data.kinds.reduce((total, { amounts }) => total + amounts[place], 0)
        );
    }

    /** Weeks with what moves in each and what is there at its end. */
    get weeks() {
        const { weeks, kinds, days } = this.data;
        return weeks.map((week) => {
            const amounts = kinds.map(({ kind }) => week.amounts[kind] || 0);
            return {
                ...week,
                amounts,
                change: amounts.reduce((total, value) => total + value, 0),
                end: days.find((day) => day.date === week.to),
            };
        });
    }

    // Words

    periodLabel(days) {
        return _t("In %s days", days);
    }

    weekLabel(week) {
        return _t("%s to %s", date(week.from), date(week.to));
    }

    chance(share) {
        return share < 0.01 ? _t("less than 1 %") : inPercent(share);
    }

    get todayText() {
        return _t("Bank and cash on %s", date(this.data.today));
    }

    get crossingTone() {
        const { crossing, trained } = this.data;
        if (!crossing || !crossing.chance) {
            return "";
        }
        return trained && crossing.first_date ? "alert-danger" : "alert-warning";
    }

    get crossingText() {
        const { limit, crossing } = this.data;
        if (!crossing) {
            return _t(
                "No limit is set: an administrator can give the least cash that has to be there in the Expert Settings."
            );
        }
        const least = this.money(limit);
        if (!crossing.chance) {
            return _t("As far as is known, cash stays above %s for 90 days.", least);
        }
        if (!this.data.trained) {
            return _t(
                "If everybody pays on the due day, cash falls below %s by %s.",
                least,
                date(crossing.date)
            );
        }
        const sentences = [
            _t("Within 90 days cash falls below %(limit)s with a chance of %(chance)s.", {
                limit: least,
                chance: this.chance(crossing.chance),
            }),
            crossing.date &&
                _t("If it does, then by %s in half of the cases.", date(crossing.date)),
            crossing.first_date &&
                _t("From %s on, the chance is 10 % or more.", date(crossing.first_date)),
        ];
        return sentences.filter(Boolean).join(" ");
    }

    get baseCrossingText() {
        const before = this.base && this.base.crossing;
        const isTold = before && this.data.trained;
        return isTold ? _t("As it is now: %s.", this.chance(before.chance)) : "";
    }

    get beyondText() {
        return _t("Expected later than in 90 days: %s.", this.money(this.data.beyond));
    }

    // Actions

    ask(change) {
        Object.assign(this.state, change);
        return this.part.read();
    }

    onPartner(event) {
        this.ask({ partnerId: Number(event.target.value) || 0 });
    }

    onDays(event) {
        const days = wholeDays(event.target.value);
        event.target.value = days;
        this.ask({ days });
    }

    onEarlier(event) {
        const earlier = wholeDays(event.target.value);
        event.target.value = earlier;
        this.ask({ earlier });
    }

    /** The items that are listed: those that were looked for, else the biggest. */
    get items() {
        return this.state.found || this.data.items;
    }

    get itemsText() {
        const { items, count } = this.data;
        return _t(
            "%(shown)s of %(count)s are shown, the biggest ones. Find any other by its name.",
            {
                shown: items.length,
                count,
            }
        );
    }

    /** Whether there may be more than is listed. */
    get mayFind() {
        return this.data.count > this.data.items.length || this.state.found;
    }

    async onSearch(event) {
        const search = event.target.value.trim();
        this.state.search = search;
        const found = search && (await this.orm.call("ai.cash.page", "find_items", [search]));
        if (search === this.state.search) {
            this.state.found = found || null;
        }
    }

    isGone(item) {
        return this.state.without.includes(item.key);
    }

    onItem(item) {
        const { without } = this.state;
        this.ask({
            without: this.isGone(item)
                ? without.filter((key) => key !== item.key)
                : [...without, item.key],
        });
    }

    onReset() {
        this.ask({ ...AS_IT_IS });
    }

    onOpen(item) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: item.res_model,
            res_id: item.res_id,
            views: [[false, "form"]],
        });
    }

    onPlanned() {
        this.action.doAction("smart_recommender.ai_cash_line_action");
    }
}

registry.category("actions").add("smart_recommender.cash_page", CashPage);
