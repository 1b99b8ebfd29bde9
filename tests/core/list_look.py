"""The script of a browser that looks at lists: nothing in them may be cut off."""

# Opens each list without the filters of its menu, where it has to have a row, and reports what is
# cut off. `odoo.__WOWL_DEBUG__` is the one way in from outside of a module.
LOOK = """
const lists = %s;
const action = odoo.__WOWL_DEBUG__.root.env.services.action;
const cut = [];

function hidesItsEnd(element) {
    return getComputedStyle(element).overflowX === "hidden"
        && element.scrollWidth > element.clientWidth;
}

function isCut(cell, label) {
    const inner = label && label.getBoundingClientRect();
    const outer = cell.getBoundingClientRect();
    return (
        (inner && (inner.left < outer.left || inner.right > outer.right)) ||
        [cell, ...cell.querySelectorAll("*")].some(hidesItsEnd)
    );
}

function look(list) {
    const table = document.querySelector(".o_list_view .o_list_table");
    for (const header of table.querySelectorAll("thead th[data-name]")) {
        const label = header.querySelector(".text-truncate");
        if (label && isCut(header, label)) {
            cut.push(`${list.name}: ${header.textContent.trim()} (${header.dataset.name})`);
        }
    }
    for (const cell of table.querySelectorAll(".o_data_row .o_data_cell")) {
        const name = cell.getAttribute("name");
        if (!list.free.includes(name) && isCut(cell)) {
            const text = cell.textContent.trim();
            cut.push(`${list.name}: ${name}, "${text}" in ${cell.clientWidth} px`);
        }
    }
}

/** Odoo 19 draws a view after its action has ended. */
async function shown(name, before) {
    for (let frame = 0; frame < 600; frame++) {
        const now = document.querySelector(".o_list_view");
        if (now && now !== before && now.querySelector("thead th[data-name]")) {
            return;
        }
        await new Promise(requestAnimationFrame);
    }
    throw new Error(`${name} shows no list`);
}

async function open(list) {
    const description = await action.loadAction(list.id);
    const before = document.querySelector(".o_list_view");
    await action.doAction(
        { ...description, context: {} },
        { viewType: "list", clearBreadcrumbs: true }
    );
    await shown(list.name, before);
    await document.fonts.ready;
    await new Promise(requestAnimationFrame);
    look(list);
}

(async () => {
    if (window.innerWidth < 1360 || window.innerWidth > 1400) {
        throw new Error(`the window is ${window.innerWidth} pixels wide`);
    }
    for (const list of lists) {
        await open(list);
        if (!document.querySelector(".o_list_view .o_data_row")) {
            throw new Error(`${list.name} has no row to be looked at`);
        }
    }
    if (cut.length) {
        throw new Error(`cut off:\\n${cut.join("\\n")}`);
    }
})().then(
    () => console.log("test successful"),
    (error) => console.error((error.cause || error).stack)
);
"""
