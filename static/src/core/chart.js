/** @odoo-module **/

import { onWillStart, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { labelled, units } from "./figures";

// Odoo's palette has another order in each series.
export const BLUE = "#1f77b4";
export const ORANGE = "#ff7f0e";
export const ORANGE_BAND = "rgba(255, 127, 14, 0.2)";
export const ORANGE_INNER_BAND = "rgba(255, 127, 14, 0.25)";
export const RED = "#d62728";
export const GREY = "#7f7f7f";
// Of ten series no two look alike.
export const PALETTE = [
    BLUE,
    ORANGE,
    "#2ca02c",
    RED,
    "#9467bd",
    "#8c564b",
    "#e377c2",
    GREY,
    "#bcbd22",
    "#17becf",
];

export const BAND = { borderWidth: 0, pointRadius: 0, backgroundColor: ORANGE_BAND };
// Monotone: a curve never swings beyond the days that it joins.
export const LINE = { borderWidth: 2, pointRadius: 0, cubicInterpolationMode: "monotone" };

// Labels of days below a chart: as many as have room, in pixels.
const MOST_LABELS = 8;
const LABEL_WIDTH = 120;

/** Colours of texts and of lines around a canvas: those of the page, be it light or dark. */
export function inkOf(canvas) {
    const { color, borderTopColor } = getComputedStyle(canvas.parentElement);
    return { text: color, line: borderTopColor };
}

/**
 * A canvas that is redrawn whenever one of its dependencies changes.
 *
 * draw : of the canvas, returns a chart or null. dependencies : returns what it draws.
 */
export function useChart(draw, dependencies) {
    const canvas = useRef("canvas");
    onWillStart(() => loadBundle("web.chartjs_lib"));
    useEffect(
        () => {
            const chart = canvas.el ? draw(canvas.el) : null;
            return () => chart && chart.destroy();
        },
        () => [canvas.el, ...dependencies()]
    );
}

/**
 * Lines over days or weeks, the first dataset being the lower edge of a band, unless there is none;
 * that of a second band has `isLowerEdge`.
 *
 * unit : of the values; grace : room above them; scale : of them, where it differs; tooltip :
 * callbacks beside the label; plugins : of this chart alone.
 */
export function drawLines(
    canvas,
    { labels, datasets, hasBand = true, unit, grace, scale = {}, tooltip = {}, plugins = [] }
) {
    const most = Math.min(MOST_LABELS, Math.floor(canvas.parentElement.clientWidth / LABEL_WIDTH));
    return new window.Chart(canvas, {
        type: "line",
        data: { labels, datasets },
        plugins,
        options: {
            maintainAspectRatio: false,
            animation: false,
            interaction: { mode: "index", intersect: false },
            scales: {
                y: { beginAtZero: true, grace, title: { display: true, text: unit }, ...scale },
                x: { ticks: { maxTicksLimit: Math.max(most, 2), maxRotation: 0 } },
            },
            plugins: {
                legend: {
                    // The lower edge of a range has no entry of its own.
                    labels: {
                        filter: (item) =>
                            (item.datasetIndex !== 0 || !hasBand) &&
                            !datasets[item.datasetIndex].isLowerEdge,
                        usePointStyle: true,
                    },
                    position: "bottom",
                },
                tooltip: {
                    callbacks: {
                        label: (item) => labelled(item.dataset.label, units(item.parsed.y)),
                        ...tooltip,
                    },
                },
            },
        },
    });
}
