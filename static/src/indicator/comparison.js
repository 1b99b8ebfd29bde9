/** @odoo-module **/

import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { PALETTE } from "../core/chart";
import { amount, date, money } from "../core/figures";
import { changeInWords, inWords, trendInWords } from "./figure_words";
import { Panel } from "../core/panel";
import { usePart } from "../core/part";
import { SeriesChart } from "../core/series_chart";
import { STEPS } from "./sales_trends";

const LEAST = 2;
const MOST = 10;

/**
 * Two to ten products side by side, or the user's companies.
 *
 * chosen : ids of products that another part of the page proposes; sees : which of both the user may.
 */
export class Comparison extends Component {
    static template = "smart_recommender.Comparison";
    static components = { MultiRecordSelector, Panel, SeriesChart };
    static props = {
        period: Object,
        refreshes: Number,
        chosen: Array,
        companies: Array,
        seesSales: Boolean,
    };

    setup() {
        this.orm = useService("orm");
        this.steps = STEPS();
        this.title = _t("Compare");
        this.words = { products: _t("Products"), placeholder: _t("Two to ten products…") };
        this.measures = [
            ["revenue", _t("Net Revenue")],
            ["quantity", _t("Quantity")],
        ];
        this.state = useState({
            of: this.props.seesSales ? "products" : "companies",
            ids: this.props.chosen,
            step: "week",
            by: "revenue",
        });
        this.part = usePart(() => this.load(this.props));
        this.part.read();
        onWillUpdateProps((next) => {
            const isChosen = next.chosen !== this.props.chosen;
            if (isChosen) {
                Object.assign(this.state, { of: "products", ids: next.chosen });
            }
            const isNew = isChosen || next.period !== this.props.period;
            if (isNew || next.refreshes !== this.props.refreshes) {
                this.part.load = () => this.load(next);
                this.part.read(isNew);
            }
        });
    }

    async load({ period, companies }) {
        if (this.state.of === "products") {
            const { ids, step } = this.state;
            return ids.length < LEAST
                ? { products: [] }
                : this.orm.call("ai.dashboard", "get_product_comparison", [period, ids, step]);
        }
        const allowed = companies.map((company) => company.id);
        return this.orm.call("ai.kpi.reader", "get_comparison", [period], {
            context: { allowed_company_ids: allowed },
        });
    }

    // Choices

    choose(values, afresh = true) {
        Object.assign(this.state, values);
        this.part.read(afresh);
    }

    onProducts(ids) {
        this.choose({ ids: ids.slice(0, MOST) }, false);
    }

    get isFull() {
        return this.state.ids.length >= MOST;
    }

    // Products

    get data() {
        return this.part.data;
    }

    get products() {
        return this.data.products.map((product, place) => ({
            ...product,
            color: PALETTE[place % PALETTE.length],
        }));
    }

    get series() {
        const { by } = this.state;
        const format = by === "revenue" ? (value) => this.money(value) : amount;
        return this.products.map((product) => ({
            label: product.name,
            title: this.measures.find(([code]) => code === by)[1],
            values: by === "revenue" ? product.revenues : product.quantities,
            color: product.color,
            type: "line",
            axis: "y",
            format,
        }));
    }

    get labels() {
        return this.data.dates.map(date);
    }

    get head() {
        return _t("From");
    }

    get chartLabel() {
        return _t("Products compared: %s", this.products.map((each) => each.name).join(", "));
    }

    money(value) {
        return money(value, this.data.currency_id);
    }

    quantity(product) {
        return `${amount(product.quantity)}\u00a0${product.uom}`;
    }

    // Companies

    get rows() {
        return this.data.rows;
    }

    rate(company) {
        if (company.currency_id === this.data.currency_id) {
            return company.currency;
        }
        const rate = formatFloat(company.rate, { digits: [16, 4] });
        return _t("1 %(currency)s = %(rate)s %(into)s", {
            currency: company.currency,
            rate,
            into: this.data.currency,
        });
    }

    cell(row, value) {
        const company = this.data.companies.find((each) => each.id === value.company_id);
        const isConverted =
            row.unit === "money" &&
            value.value !== null &&
            company.currency_id !== this.data.currency_id;
        return {
            value: value.value === null ? "–" : inWords(value.value, row.unit, company.currency_id),
            converted: isConverted
                ? `≈ ${inWords(value.converted, row.unit, this.data.currency_id)}`
                : "",
            change: value.change === null ? "" : changeInWords(value.change, value.change_unit),
            trend: value.trend,
            word: trendInWords(value.trend),
            reason: value.reason,
        };
    }
}
