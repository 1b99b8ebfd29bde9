/** @odoo-module **/

/*
 * A client action that opens a menu, `params: {menu: "module.xml_id"}`: for a user's first page.
 *
 * A server action as first page shows its list without the menus of the app, because the bar above
 * looks for the menu by the id of the window that the server action has returned.
 */

import { registry } from "@web/core/registry";

function openMenu(env, { params }) {
    const menu = env.services.menu.getAll().find(({ xmlid }) => xmlid === params.menu);
    return env.services.menu.selectMenu(menu);
}

registry.category("actions").add("smart_recommender.open_menu", openMenu);
