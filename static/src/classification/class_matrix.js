/** @odoo-module **/

import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";
import { inPercent, labelled } from "../core/figures";
import { inWords, strategy, xyzWords } from "./class_words";

// A training of classes takes seconds: the page shows its result without being asked again.
const POLL_MILLISECONDS = 4000;
const ROWS = ["A", "B", "C"];
const COLUMNS = ["X", "Y", "Z", "U"];

/**
 * The ABC/XYZ matrix: what a company's products are worth to it and how they can be planned.
 *
 * Shows what `get_class_matrix` of the model `ai.product.class` returns. Nine cells, beside them
 * what sold too short to tell and below what did not sell, so that all add up to the catalogue.
 */
export class ClassMatrix extends Component {
    static template = "smart_recommender.ClassMatrix";
    static components = { Layout };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        onWillStart(() => this.load());
        onWillUnmount(() => {
            this.isGone = true;
            clearTimeout(this.timer);
        });
    }

    async load() {
        this.state.data = await this.orm.call("ai.product.class", "get_class_matrix", []);
        clearTimeout(this.timer);
        if (this.state.data.is_training && !this.isGone) {
            this.timer = setTimeout(() => this.load(), POLL_MILLISECONDS);
        }
    }

    // Figures

    get data() {
        return this.state.data;
    }

    get run() {
        return this.data.run;
    }

    get total() {
        const sum = (name) => this.data.cells.reduce((total, cell) => total + cell[name], 0);
        return { count: sum("count"), revenue: sum("revenue"), stock_value: sum("stock_value") };
    }

    get rows() {
        return ROWS.map((abc) => ({
            abc,
            title: this.rowTitle(abc),
            cells: COLUMNS.map((xyz, column) => this.cell(abc, xyz, ROWS.indexOf(abc) + column)),
        }));
    }

    get columns() {
        return ["X", "Y", "Z", "?"].map((xyz) => ({ xyz, title: xyzWords(xyz) }));
    }

    get noSales() {
        return this.cell("N", "N");
    }

    cell(abc, xyz, level) {
        const found = this.data.cells.find((cell) => cell.abc === abc && cell.xyz === xyz);
        const name = abc === "N" ? "N" : `${abc}${xyz === "U" ? "?" : xyz}`;
        return {
            ...(found || { abc, xyz, count: 0, revenue: 0, stock_value: 0 }),
            name,
            words: inWords(name),
            strategy: strategy(name),
            tone: abc === "N" || xyz === "U" ? "none" : level,
        };
    }

    // Words

    rowTitle(abc) {
        const { abc_a, abc_b } = this.run;
        return {
            A: () => _t("the first %s of the revenue", this.percent(abc_a)),
            B: () => _t("up to %s of the revenue", this.percent(abc_b)),
            C: () => _t("the rest of the revenue"),
        }[abc]();
    }

    get facts() {
        const { date, date_from, date_to, days, bucket, xyz_x, xyz_y } = this.run;
        const day = (text) => formatDate(deserializeDate(text));
        return [
            _t("Sales from %s to %s (%s days)", day(date_from), day(date_to), days),
            {
                day: _t("steadiness by days"),
                week: _t("steadiness by weeks"),
                month: _t("steadiness by months of 30 days"),
            }[bucket],
            _t("X below %s, Y below %s", this.number(xyz_x), this.number(xyz_y)),
            _t("trained on %s", formatDate(deserializeDateTime(date))),
            _t("all warehouses together"),
        ];
    }

    /** What a reader should know before trusting the columns. */
    get warning() {
        const unknown = this.data.cells.filter((cell) => cell.xyz === "U");
        const count = unknown.reduce((total, cell) => total + cell.count, 0);
        if (this.run.bucket === "day") {
            return _t(
                "By day nearly everything is Z, because single sales scatter. Weeks say more: Settings › AI Recommender."
            );
        }
        if (2 * count > this.total.count - this.noSales.count) {
            return _t(
                "Most products have fewer than four whole weeks or months, so their steadiness is not known. A longer class period or shorter stretches help: Settings › AI Recommender."
            );
        }
        return "";
    }

    get title() {
        const products = _t("%s products", this.number(this.total.count));
        return labelled(this.data.company.name, products);
    }

    get totalText() {
        return _t(
            "All together: %s, revenue %s, stock %s",
            this.products,
            this.money(this.total.revenue),
            this.money(this.total.stock_value)
        );
    }

    cellCount(cell) {
        return cell.count === 1 ? _t("1 product") : _t("%s products", this.number(cell.count));
    }

    cellAmount(cell, name) {
        return `${this.money(cell[name])} · ${this.share(cell[name], this.total[name])}`;
    }

    money(value) {
        return formatMonetary(value, { currencyId: this.data.currency_id, digits: [16, 0] });
    }

    number(value) {
        return formatFloat(value, { digits: [16, Number.isInteger(value) ? 0 : 2] });
    }

    percent(share) {
        return inPercent(share);
    }

    share(value, total) {
        return total > 0 ? this.percent(value / total) : "–";
    }

    // Actions

    onCell(cell) {
        const context = { search_default_company_id: this.data.company.id };
        context[`search_default_abc_${cell.abc}`] = 1;
        if (cell.abc !== "N") {
            context[`search_default_xyz_${cell.xyz}`] = 1;
        }
        this.action.doAction("smart_recommender.ai_product_class_action", {
            additionalContext: context,
        });
    }

    onChanges() {
        this.action.doAction("smart_recommender.ai_product_class_change_action");
    }

    async onTrain() {
        const notification = await this.orm.call("ai.training.run", "action_run_classes", []);
        await this.action.doAction(notification);
        await this.load();
    }
}

registry.category("actions").add("smart_recommender.class_matrix", ClassMatrix);
