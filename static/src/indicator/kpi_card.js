/** @odoo-module **/

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { asOf, changeInWords, inWords, trendInWords } from "./figure_words";
import { KpiSparkline } from "./kpi_sparkline";

/** How a figure is computed, opened by a button and closed by Escape. */
class Formula extends Component {
    static template = "smart_recommender.KpiFormula";
    static props = { name: String, formula: String, close: { type: Function, optional: true } };
}

/**
 * One indicator: value, change against the period before, its days, and how old it is.
 *
 * card : of `get_layout`; part : the Part with the figures of its category; figure : its own one of
 * them, null while there is none. In edit mode it has buttons and no value.
 */
export class KpiCard extends Component {
    static template = "smart_recommender.KpiCard";
    static components = { KpiSparkline };
    static props = {
        card: Object,
        part: { type: Object, optional: true },
        figure: { optional: true },
        isEditing: Boolean,
        isFirst: Boolean,
        isLast: Boolean,
        onOpen: Function,
        onChange: Function,
        onMove: Function,
    };

    setup() {
        this.popover = usePopover(Formula, { position: "bottom" });
        this.format = (value) => inWords(value, this.props.card.unit, this.currencyId);
    }

    get currencyId() {
        return this.props.part?.data?.currency_id;
    }

    get figure() {
        return this.props.figure;
    }

    get isKnown() {
        return Boolean(this.figure) && this.figure.value !== null;
    }

    get value() {
        if (!this.isKnown) {
            return "–";
        }
        const { value, kind, unit } = this.figure;
        // A growth is a change itself.
        return kind === "flow" && unit === "percent"
            ? changeInWords(value, unit)
            : this.format(value);
    }

    get change() {
        const { change, change_unit } = this.figure;
        return change === null ? "" : changeInWords(change, change_unit);
    }

    get hasTrend() {
        return Boolean(this.isKnown && (this.change || this.figure.trend));
    }

    get arrow() {
        const { change, trend, value } = this.figure;
        const moved = change === null ? value : change;
        if (trend === "flat" || !moved) {
            return "";
        }
        return moved > 0 ? "fa-caret-up" : "fa-caret-down";
    }

    get trendWord() {
        return trendInWords(this.figure.trend);
    }

    get before() {
        const { previous } = this.figure;
        return previous === null ? "" : _t("Period before: %s", this.format(previous));
    }

    get days() {
        return this.figure.history.map(([_day, value]) => value);
    }

    get hasDays() {
        return this.days.filter((value) => value !== null).length > 1;
    }

    /** What stands at the foot: a remark, and how old the figure is. */
    get foot() {
        return [this.figure.note, this.isKnown ? this.age : ""].filter(Boolean).join(" · ");
    }

    get age() {
        if (this.figure.is_live) {
            return _t("live now");
        }
        const moment = this.props.part.data.as_of;
        return moment ? asOf(moment) : "";
    }

    get openLabel() {
        return _t("%(name)s: %(value)s. Open the records", {
            name: this.props.card.name,
            value: this.value,
        });
    }

    label(text) {
        return `${text}: ${this.props.card.name}`;
    }

    get labels() {
        const { is_pinned, is_hidden } = this.props.card;
        return {
            formula: this.label(_t("How it is computed")),
            earlier: this.label(_t("Move to the front")),
            later: this.label(_t("Move to the back")),
            pin: this.label(is_pinned ? _t("Take from the overview") : _t("Put on the overview")),
            hide: this.label(is_hidden ? _t("Show") : _t("Hide")),
        };
    }

    onFormula(ev) {
        const { name, formula } = this.props.card;
        this.popover.open(ev.currentTarget, { name, formula });
    }
}
