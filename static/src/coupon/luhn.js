/** @odoo-module **/

const LENGTH = 14;

/** What was typed or scanned, in digits: blanks between them do not count. */
export function digitsOf(text) {
    return text.replace(/\s/g, "");
}

/** Whether the last of 14 digits checks the others, as algorithms/coupon/luhn.py has it. */
export function isValidCode(text) {
    const digits = digitsOf(text);
    if (digits.length !== LENGTH || /\D/.test(digits)) {
        return false;
    }
    let total = 0;
    for (let place = 0; place < LENGTH; place++) {
        const number = Number(digits[LENGTH - 1 - place]) * (place % 2 ? 2 : 1);
        total += number > 9 ? number - 9 : number;
    }
    return total % 10 === 0;
}
