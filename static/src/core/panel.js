/** @odoo-module **/

import { Component, onWillUpdateProps } from "@odoo/owl";
import { usePart } from "./part";

/** The frame of a part of the page: its title, what it waits for, and what went wrong. */
export class Panel extends Component {
    static template = "smart_recommender.Panel";
    static props = {
        part: Object,
        title: String,
        note: { type: String, optional: true },
        className: { type: String, optional: true },
        slots: Object,
    };
}

/**
 * A Part that is read at first, again for each refresh, and afresh for each new question.
 *
 * load : of props; question : of props, text that tells one question from another; props : those of
 * the component, with `refreshes`, the number of refreshes so far.
 */
export function usePanelPart(component, load, question) {
    const part = usePart(() => load(component.props));
    let asked = question(component.props);
    part.read();
    onWillUpdateProps((next) => {
        const now = question(next);
        const isNew = now !== asked;
        if (isNew || next.refreshes !== component.props.refreshes) {
            asked = now;
            part.load = () => load(next);
            part.read(isNew);
        }
    });
    return part;
}
