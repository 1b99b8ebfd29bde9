/** @odoo-module **/

import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { amount, labelled, money } from "../core/figures";
import { CardGrid } from "./card_grid";
import { Comparison } from "./comparison";
import { days } from "./figure_words";
import { Part } from "../core/part";
import { PeriodPicker } from "../core/period_picker";
import { useRefresh } from "./refresh";
import { SalesTrends } from "./sales_trends";
import { Strip } from "./strip";
import { TopProducts } from "./top_products";

const USUAL_DAYS = 30;

/**
 * The dashboard: an overview, sales over time, best products, what other subjects have to say, and
 * the indicators by category.
 *
 * `get_layout` of `ai.dashboard` says what stands on it for this user. Each part is read by itself,
 * figures by category, and all of them again every other minute.
 */
export class Dashboard extends Component {
    static template = "smart_recommender.Dashboard";
    static components = {
        CardGrid,
        Comparison,
        Layout,
        PeriodPicker,
        SalesTrends,
        Strip,
        TopProducts,
    };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({
            period: { days: USUAL_DAYS },
            refreshes: 0,
            compared: [],
            isEditing: false,
            status: "",
            figures: {},
        });
        this.layout = useState(new Part(() => this.orm.call("ai.dashboard", "get_layout", [])));
        this.today = useState(new Part(() => this.orm.call("ai.kpi.reader", "get_today", [])));
        this.saving = new Mutex();
        this.turns = 0;
        this.onOpen = this.onOpen.bind(this);
        onWillStart(async () => {
            await this.layout.read();
            if (this.page) {
                this.readFigures(true);
            }
        });
        useRefresh(() => this.refresh());
    }

    // Reading

    get page() {
        return this.layout.data;
    }

    /** Categories of the cards that are shown, each with its own Part. */
    readFigures(afresh = false) {
        if (this.page.sees_sales) {
            this.today.read();
        }
        const reads = this.page.categories.map(({ code }) => {
            const codes = this.page.cards
                .filter((card) => card.category === code && !card.is_hidden)
                .map((card) => card.code);
            if (!codes.length) {
                return undefined;
            }
            const { figures } = this.state;
            figures[code] = figures[code] || new Part();
            figures[code].load = () => this.load(codes);
            return figures[code].read(afresh);
        });
        return Promise.all(reads);
    }

    async load(codes) {
        const found = await this.orm.call("ai.kpi.reader", "get_figures", [
            this.state.period,
            codes,
        ]);
        const byCode = Object.fromEntries(found.figures.map((figure) => [figure.code, figure]));
        return { ...found, byCode };
    }

    async refresh() {
        if (!this.page || this.state.isEditing) {
            return;
        }
        this.state.refreshes++;
        await this.readFigures();
        const time = luxon.DateTime.now().toFormat("HH:mm");
        this.state.status = Object.values(this.state.figures).some((part) => part.error)
            ? _t("Some figures could not be refreshed at %s.", time)
            : _t("Figures refreshed at %s.", time);
    }

    partOf(card) {
        return this.state.figures[card.category];
    }

    figureOf(card) {
        return this.partOf(card)?.data?.byCode[card.code] || null;
    }

    // What is shown

    get shown() {
        return this.page.cards.filter((card) => this.state.isEditing || !card.is_hidden);
    }

    get pinned() {
        return this.shown.filter((card) => card.is_pinned);
    }

    get sections() {
        return this.page.categories
            .map((category) => ({
                ...category,
                cards: this.shown.filter(
                    (card) => card.category === category.code && !card.is_pinned
                ),
            }))
            .filter(({ cards }) => cards.length);
    }

    /** What could not be read, by category. */
    get failures() {
        const names = Object.fromEntries(
            this.page.categories.map(({ code, name }) => [code, name])
        );
        return Object.entries(this.state.figures)
            .filter(([_code, part]) => part.failure)
            .map(([code, part]) => ({ part, words: labelled(names[code], part.failure) }));
    }

    get period() {
        const part = Object.values(this.state.figures).find(({ data }) => data);
        if (!part) {
            return "";
        }
        const { date_from, date_to, previous_from, previous_to } = part.data;
        const words = _t("%(period)s, compared with %(previous)s", {
            period: days(date_from, date_to),
            previous: days(previous_from, previous_to),
        });
        return this.isOwn ? `${words} · ${_t("your own documents")}` : words;
    }

    get words() {
        return { edit: this.state.isEditing ? _t("Done") : _t("Arrange") };
    }

    get company() {
        const { companies, active_ids } = this.page;
        const active = companies.filter(({ id }) => active_ids.includes(id));
        return active.map(({ name }) => name).join(", ");
    }

    get isOwn() {
        return this.today.data?.scope === "own";
    }

    get canCompare() {
        return this.page.sees_sales || this.page.companies.length > 1;
    }

    get todayFigures() {
        const { revenue, orders, currency_id } = this.today.data;
        return [
            { name: _t("Net Revenue"), value: money(revenue, currency_id) },
            { name: _t("Orders"), value: amount(orders) },
        ];
    }

    exportUrl(kind) {
        return `/smart_recommender/history?kind=${kind}&companies=${this.page.active_ids.join(",")}`;
    }

    // What users do

    onPeriod(period) {
        this.state.period = period;
        this.readFigures(true);
    }

    async onOpen(card) {
        const action = await this.orm.call("ai.kpi.records", "get_open_action", [
            card.code,
            this.state.period,
        ]);
        if (action) {
            await this.action.doAction(action);
        }
    }

    onQuotations() {
        this.action.doAction("sale.action_quotations_with_onboarding");
    }

    onCompare(ids) {
        this.state.compared = ids;
        document.querySelector(".o_ai_compare")?.scrollIntoView({ behavior: "smooth" });
    }

    onPrint() {
        window.print();
    }

    // Arranging

    onEdit() {
        this.state.isEditing = !this.state.isEditing;
        if (!this.state.isEditing) {
            this.readFigures();
        }
    }

    /** One save after the other: each holds all cards, and the last one has to stay. */
    async save(cards) {
        Object.assign(this.page, { cards, is_default: false });
        const wanted = cards.map(({ code, is_pinned, is_hidden }) => ({
            code,
            is_pinned,
            is_hidden,
        }));
        await this.keep("save_cards", [wanted]);
    }

    onChange(card, mark) {
        return this.save(
            this.page.cards.map((each) =>
                each.code === card.code ? { ...each, [mark]: !each[mark] } : each
            )
        );
    }

    /** Cards of one grid in another order; those of other grids keep their places. */
    onOrder(codes) {
        const { cards } = this.page;
        const moved = codes.map((code) => cards.find((card) => card.code === code));
        return this.save(cards.map((card) => (codes.includes(card.code) ? moved.shift() : card)));
    }

    async onReset() {
        this.page.is_default = true;
        await this.keep("reset_cards", []);
    }

    async keep(method, args) {
        const turn = ++this.turns;
        const cards = await this.saving.exec(() => this.orm.call("ai.dashboard", method, args));
        // What has been arranged meanwhile is not overwritten.
        if (turn === this.turns) {
            this.page.cards = cards;
        }
    }
}

registry.category("actions").add("smart_recommender.dashboard", Dashboard);
