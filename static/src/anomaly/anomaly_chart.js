/** @odoo-module **/

import { Component } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { BAND, BLUE, GREY, LINE, ORANGE, RED, drawLines, useChart } from "../core/chart";
import { amount } from "../core/figures";

// A curve through a single day would seem to rise before it and to fall below zero after it.
const SHARP = { ...LINE, cubicInterpolationMode: "default" };
const MARK_RADIUS = 7;
const LABEL_FONT = "bold 12px sans-serif";
const LABEL_GAP = 8;

/**
 * The weeks around an anomaly: what was sold, what was to be expected, and how much is usual.
 *
 * Draws the value of `chart` (see the model `ai.anomaly`): points are days or weeks. The canvas says
 * nothing to a screen reader and does not print: a table of the same points does.
 */
export class AiAnomalyChart extends Component {
    static template = "smart_recommender.AiAnomalyChart";
    static props = { ...standardFieldProps };

    setup() {
        useChart(
            (canvas) => this.draw(canvas),
            () => [this.chart, this.unit]
        );
    }

    get chart() {
        return this.props.record.data[this.props.name] || null;
    }

    get unit() {
        return this.props.record.data.unit || "";
    }

    get isDrawn() {
        return Boolean(this.chart && this.chart.actual.length);
    }

    get isDrop() {
        return this.props.record.data.type === "drop";
    }

    /** In the words of the model: other addons have translations of "Drop" of their own. */
    get kind() {
        const { data, fields } = this.props.record;
        return fields.type.selection.find(([value]) => value === data.type)[1];
    }

    get pointTitle() {
        return this.chart.step === 7 ? _t("Week from") : _t("Day");
    }

    /** One row for each point; null is not known. */
    get points() {
        const { start, step, actual, expected, low, high, out = [] } = this.chart;
        const first = deserializeDate(start);
        return actual.map((sold, at) => ({
            at,
            day: formatDate(first.plus({ days: step * at })),
            sold,
            expected: expected[at],
            low: low[at],
            high: high[at],
            isUnusual: this.isUnusual(at),
            isOut: out.includes(at),
        }));
    }

    isUnusual(at) {
        return at >= this.chart.from && at <= this.chart.to;
    }

    /** Nothing for null: what was sold on a day to come is not known. */
    amount(value) {
        return value === null ? "" : amount(value);
    }

    range(point) {
        return point.low === null || point.high === null
            ? ""
            : _t("%s to %s", amount(point.low), amount(point.high));
    }

    remark(point) {
        const remarks = [];
        if (point.isUnusual) {
            remarks.push(this.kind);
        }
        if (point.isOut) {
            remarks.push(_t("Out of stock or left out"));
        }
        return remarks.join(", ");
    }

    draw(canvas) {
        if (!this.isDrawn) {
            return null;
        }
        const points = this.points;
        return drawLines(canvas, {
            unit: this.unit,
            grace: "10%",
            labels: points.map((point) => point.day),
            datasets: this.datasets(points),
            tooltip: { footer: ([item]) => (item ? this.remark(points[item.dataIndex]) : "") },
            plugins: [{ id: "aiAnomalyLabel", afterDatasetsDraw: (chart) => this.label(chart) }],
        });
    }

    datasets(points) {
        const values = (name) => points.map((point) => point[name]);
        const datasets = [
            { ...BAND, label: _t("At least"), data: values("low"), fill: false },
            { ...BAND, label: _t("Usual range"), data: values("high"), fill: "-1" },
            {
                ...SHARP,
                label: _t("Expected"),
                data: values("expected"),
                borderColor: ORANGE,
                backgroundColor: ORANGE,
                borderDash: [6, 4],
            },
            {
                ...SHARP,
                label: _t("Sold"),
                data: values("sold"),
                borderColor: BLUE,
                backgroundColor: BLUE,
            },
            {
                label: this.kind,
                order: -1, // in front of the lines
                data: points.map((point) => (point.isUnusual ? point.sold : null)),
                showLine: false,
                pointRadius: MARK_RADIUS,
                pointHoverRadius: MARK_RADIUS,
                // Not by colour alone.
                pointStyle: "triangle",
                pointRotation: this.isDrop ? 180 : 0,
                borderColor: RED,
                backgroundColor: RED,
            },
        ];
        if (points.some((point) => point.isOut)) {
            datasets.push({
                label: _t("Out of stock or left out"),
                data: points.map((point) => (point.isOut ? point.sold || 0 : null)),
                showLine: false,
                order: -1,
                pointRadius: 5,
                pointStyle: "crossRot",
                borderWidth: 2,
                borderColor: GREY,
                backgroundColor: GREY,
            });
        }
        return datasets;
    }

    /** The figure beside the first point of the anomaly, on the side where there is room. */
    label(chart) {
        const { from, actual } = this.chart;
        const point = chart.getDatasetMeta(4).data[from];
        const value = actual[from];
        if (!point || value === null) {
            return;
        }
        const { ctx, chartArea } = chart;
        const isRight = point.x < (chartArea.left + chartArea.right) / 2;
        const room = MARK_RADIUS + LABEL_GAP;
        ctx.save();
        ctx.font = LABEL_FONT;
        ctx.fillStyle = RED;
        ctx.textAlign = isRight ? "left" : "right";
        ctx.textBaseline = "middle";
        ctx.fillText(amount(value), point.x + (isRight ? room : -room), point.y);
        ctx.restore();
    }
}

registry.category("fields").add("ai_anomaly_chart", {
    component: AiAnomalyChart,
    displayName: _t("Chart of an Anomaly"),
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "unit", type: "char" },
        { name: "type", type: "selection" },
    ],
});
