/** @odoo-module **/

import { stepUtils } from "@web_tour/tour_service/tour_utils";

/** Open an app from the home menu. menu: external id, of ours where it names no module. */
export function openApp(menu) {
    const id = menu.includes(".") ? menu : `smart_recommender.${menu}`;
    return [
        stepUtils.showAppsMenuItem(),
        {
            content: `Open ${id}`,
            trigger: `.o_app[data-menu-xmlid='${id}']`,
            run: "click",
        },
    ];
}
