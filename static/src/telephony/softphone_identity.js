/** @odoo-module **/

const LONGEST = 64;
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A name as it may be shown: callers choose it, and some choose badly. */
export function cleanName(name) {
    return String(name || "")
        .replace(UNPRINTABLE, "")
        .trim()
        .slice(0, LONGEST);
}

/** Of a number what can be dialled; empty for one that is withheld. */
export function cleanNumber(number) {
    return String(number || "")
        .replace(/[^\d+*#]/g, "")
        .slice(0, LONGEST);
}

/** Who is at the other end, from the header that the exchange vouches for, else from the caller. */
export function identityOf(request) {
    const asserted = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*))\s*<sips?:([^@>;]+)/.exec(
        request.getHeader("P-Asserted-Identity") || ""
    );
    if (asserted) {
        const name = asserted[1] === undefined ? asserted[2] : asserted[1].replace(/\\(.)/g, "$1");
        return { number: decode(asserted[3]), name };
    }
    const { uri, display_name: name } = request.from;
    return { number: decode(uri.user), name };
}

function decode(user) {
    try {
        return decodeURIComponent(user || "");
    } catch {
        return user;
    }
}
