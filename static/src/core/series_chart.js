/** @odoo-module **/

import { Component } from "@odoo/owl";
import { inkOf, useChart } from "./chart";
import { amount, labelled } from "./figures";

const STEPS_ABOVE = 5;

/** A step that people count by: 1, 2 or 5 of a power of ten. */
function niceStep(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * [1, 2, 5, 10].find((times) => times * power >= value);
}

/**
 * {axis: {min, max, stepSize}} of axes that share their zero and their lines.
 *
 * valuesOf : {axis: its values}.
 */
function sharedScales(valuesOf) {
    const steps = {};
    let below = 0;
    for (const [axis, values] of Object.entries(valuesOf)) {
        const most = Math.max(...values, 0);
        const least = Math.min(...values, 0);
        steps[axis] = niceStep((most || -least || 1) / STEPS_ABOVE);
        below = Math.max(below, Math.ceil(-least / steps[axis]));
    }
    return Object.fromEntries(
        Object.entries(steps).map(([axis, stepSize]) => [
            axis,
            { min: -below * stepSize, max: STEPS_ABOVE * stepSize, stepSize },
        ])
    );
}

/**
 * Bars or lines over days, hours or names, with a second scale where there are two; beside the canvas
 * a table that says the same.
 *
 * labels : texts along the axis; head : what they are, in a word; series : [{label, values, color,
 * type ("bar" or "line"), axis ("y" or "y1"), format, and where it differs from the label, title (of
 * the axis)}]; label : what the chart shows, in a sentence.
 */
export class SeriesChart extends Component {
    static template = "smart_recommender.SeriesChart";
    static props = { labels: Array, head: String, series: Array, label: String };

    setup() {
        useChart(
            (canvas) => this.draw(canvas),
            () => [JSON.stringify([this.props.labels, this.props.series])]
        );
    }

    draw(canvas) {
        const { labels, series } = this.props;
        const ink = inkOf(canvas);
        const valuesOf = {};
        for (const { axis, values } of series) {
            valuesOf[axis] = [...(valuesOf[axis] || []), ...values];
        }
        const scales = {};
        for (const [axis, { min, max, stepSize }] of Object.entries(sharedScales(valuesOf))) {
            const [{ title, label }, ...others] = series.filter((each) => each.axis === axis);
            // Of several the legend tells.
            const text = title || (others.length ? "" : label);
            scales[axis] = {
                position: axis === "y" ? "left" : "right",
                min,
                max,
                grid: { color: ink.line, drawOnChartArea: axis === "y" },
                ticks: { color: ink.text, stepSize, callback: (value) => amount(value) },
                title: { display: Boolean(text), color: ink.text, text },
            };
        }
        return new window.Chart(canvas, {
            type: "bar",
            data: {
                labels,
                datasets: series.map(({ label, values, color, type, axis, format }) => ({
                    label,
                    type,
                    format,
                    data: values,
                    yAxisID: axis,
                    borderColor: color,
                    backgroundColor: color,
                    borderWidth: type === "line" ? 2 : 0,
                    pointRadius: values.length > 1 ? 0 : 3,
                    cubicInterpolationMode: "monotone",
                    maxBarThickness: 40,
                    order: type === "line" ? 0 : 1,
                })),
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                interaction: { mode: "index", intersect: false },
                scales: {
                    ...scales,
                    x: {
                        grid: { display: false },
                        ticks: { color: ink.text, maxTicksLimit: 8, maxRotation: 0 },
                    },
                },
                plugins: {
                    legend: {
                        position: "bottom",
                        labels: { color: ink.text, usePointStyle: true, boxWidth: 8, boxHeight: 8 },
                    },
                    tooltip: {
                        callbacks: {
                            label: ({ dataset, parsed }) =>
                                labelled(dataset.label, dataset.format(parsed.y)),
                        },
                    },
                },
            },
        });
    }
}
