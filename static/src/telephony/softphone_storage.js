/** @odoo-module **/

import { browser } from "@web/core/browser/browser";

const PREFIX = "smart_recommender.softphone";

/** A small JSON value that outlives the page. storage: of the tab, or of the whole browser. */
export class Kept {
    constructor(name, initial, storage = browser.localStorage) {
        Object.assign(this, { key: `${PREFIX}.${name}`, initial, storage });
    }

    get() {
        const text = this.storage.getItem(this.key);
        return text === null ? this.initial : JSON.parse(text);
    }

    set(value) {
        this.storage.setItem(this.key, JSON.stringify(value));
    }
}
