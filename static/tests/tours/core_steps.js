/** @odoo-module **/

import { stepUtils } from "@web_tour/tour_service/tour_utils";

/** Waits for an element. content: what it tells, in words. */
export function sees(trigger, content) {
    return { content, trigger, isCheck: true };
}

export function click(trigger, content) {
    return { content, trigger, run: "click" };
}

/** Open an app from the home menu. menu: external id, of ours where it names no module. */
export function openApp(menu) {
    const id = menu.includes(".") ? menu : `smart_recommender.${menu}`;
    return [stepUtils.showAppsMenuItem(), click(`.o_app[data-menu-xmlid='${id}']`, `Open ${id}`)];
}
