"""Coupons against a running server with two workers: used once, locked, killed, made, guessed.

Requests come over Odoo's RPC, each on a connection of its own. What has to be done or looked at
inside Odoo is done by processes of their own, see :mod:`benchmarks.coupons_in_odoo`.
"""

from . import coupons_guessed
from .coupons_in_odoo import AMOUNT, KINDS
from .coupons_site import ended
from .table import FAILED, gate, row, seconds, title
from .turns import in_turns, times

AT_ONCE, WRONG_AT_ONCE = 20, 50
POINTS = ("before_mark", "after_mark", "before_commit")
GENERATED = {"": 10_000, "quick": 10_000, "smoke": 200}
CLIENTS = {"": 120, "quick": 120, "smoke": 60}
TURNS = {"": 40, "quick": 20, "smoke": 3}
MAKERS = {"": 4, "quick": 4, "smoke": 2}
# Codes that all makers draw from where they are to meet: half of them are taken in the end.
NARROW = 8
SECONDS = 10
# As the settings have them from the start.
WRONG, OF_USER, OF_ADDRESS = 5, 20, 60


def run(site, size=""):
    """Measure a server that runs; returns the names of missed targets, none of the least size."""
    operators = iter(site.told["operators"])
    coupons = iter(site.do("coupons", count=CLIENTS[size]))
    used_once(site, next(coupons), [next(operators), next(operators)])
    locked(site, next(coupons), [next(operators), next(operators)])
    for kind in KINDS[:1] if size == "smoke" else KINDS:
        killed(site, kind, next(coupons), next(operators)["id"])
    generated(site, GENERATED[size], MAKERS[size])
    guessed(site, coupons, operators)
    same_time(site, coupons, next(operators), TURNS[size])
    coupons_guessed.run()
    return FAILED if size != "smoke" else []


def claim(coupon, pin=""):
    """Arguments of a coupon; pin : another one than its own."""
    return coupon["code"], pin or coupon["pin"], coupon["client"]


def wrong_pins(coupon, count):
    """So many PINs that are not the coupon's."""
    return [f"{(int(coupon['pin']) + number) % 10_000:04}" for number in range(1, count + 1)]


# ----------------------------------------------------------------------
# At once
# ----------------------------------------------------------------------


def used_once(site, coupon, operators):
    """One coupon on as many orders at once: it reduces one of them."""
    title(f"One coupon, {AT_ONCE} connections at once, each for an order of its own")
    site.do("limits")
    users = [operator["id"] for operator in operators]
    found = site.do(
        "orders", partner=coupon["partner"], count=AT_ONCE, price=4 * AMOUNT, users=users
    )
    before = site.do("state", coupon=coupon["id"], order_ids=found)
    answers = site.ask(
        [
            (operators[number % len(operators)], "redeem_on_order", (*claim(coupon), order))
            for number, order in enumerate(found)
        ]
    )
    after = site.do("state", coupon=coupon["id"], order_ids=found)
    successes = sum(answer["ok"] for answer in answers)
    less = [b - a for b, a in zip(before["totals"], after["totals"], strict=True)]
    row("successes, redemptions", str(successes), str(after["done"]), after["state"])
    gate("successes", float(successes), 1)
    gate("successes, at most", float(successes), 1, at_least=False)
    gate("redemptions, at most", float(after["done"]), 1, at_least=False)
    gate("orders that cost less, at most", float(sum(map(bool, less))), 1, at_least=False)
    gate("taken off all orders, at most", sum(less), AMOUNT, at_least=False)
    gate("taken off and left of the coupon", after["reduced"] + after["remaining"], AMOUNT)


def locked(site, coupon, operators):
    """Wrong PINs at once lock a coupon after as many as the setting says, and no more count."""
    title(f"{WRONG_AT_ONCE} wrong PINs at once")
    site.do("limits")
    answers = site.ask(
        [
            (operators[0], "check_coupon", claim(coupon, pin))
            for pin in wrong_pins(coupon, WRONG_AT_ONCE)
        ]
    )
    after = site.do("state", coupon=coupon["id"])
    (right,) = site.ask([(operators[1], "check_coupon", claim(coupon))])
    row("wrong PINs that were compared", str(after["wrong"]), after["state"])
    gate("answers that say yes", float(sum(a["ok"] for a in answers)), 0, at_least=False)
    gate("wrong PINs that counted", float(after["wrong"]), WRONG)
    gate("wrong PINs that counted, at most", float(after["wrong"]), WRONG, at_least=False)
    gate("locked", float(after["state"] == "locked"), 1)
    gate("the right PIN afterwards, at most", float(right["ok"]), 0, at_least=False)


# ----------------------------------------------------------------------
# kill -9
# ----------------------------------------------------------------------


def killed(site, kind, coupon, user):
    """A process that dies between the reduction and the mark of the coupon leaves neither."""
    title(f"kill -9 while a coupon is used on: {kind}")
    site.do("limits")
    order_ids = site.do(
        "orders", partner=coupon["partner"], count=1, price=4 * AMOUNT, users=[user]
    )
    target = {
        "order": order_ids[0],
        "invoice": site.do("invoice", partner=coupon["partner"]),
        "balance": coupon["partner"],
    }[kind]
    given = {"kind": kind, "coupon": coupon, "target": target, "user": user}
    before = site.do("state", coupon=coupon["id"], order_ids=order_ids)
    for point in POINTS:
        process = site.start("redeem", **given, point=point)
        process.communicate()
        if process.returncode != -9:
            raise RuntimeError(f"What was to die at {point} ended with {process.returncode}.")
        after = site.do("state", coupon=coupon["id"], order_ids=order_ids)
        changed = [name for name in before if before[name] != after[name]]
        row(point.replace("_", " "), ", ".join(changed) or "nothing is left")
        gate(f"traces, {kind}, {point}", float(len(changed)), 0, at_least=False)
    answer = site.do("redeem", **given)
    after = site.do("state", coupon=coupon["id"], order_ids=order_ids)
    row("one that lives", answer["message"])
    gate(f"taken off, {kind}", after["reduced"], AMOUNT)
    less = sum(before["totals"]) - sum(after["totals"]) + before["owed"] - after["owed"]
    gate(f"less to pay, {kind}", round(less, 2), AMOUNT)


# ----------------------------------------------------------------------
# Many
# ----------------------------------------------------------------------


def generated(site, count, makers):
    """So many coupons by one process, then by several at once, then from very few codes."""
    title(f"{count:,} coupons at once")
    alone = site.do("generate", count=count)["seconds"]
    row("one batch", seconds(alone))
    gate("seconds of a batch", alone, SECONDS, at_least=False)
    _made_at_once(site, makers, count, 0, f"{makers} batches at once")
    few = max(count // 10, 50)
    codes = NARROW * few
    _made_at_once(site, makers, few, codes, f"{makers} batches of {few:,}, {codes:,} codes")


def _made_at_once(site, makers, count, narrow, name):
    before = site.do("counted")
    started = [site.start("generate", count=count, narrow=narrow) for _maker in range(makers)]
    told = [ended(maker) for maker in started]
    after = site.do("counted")
    again = sum(each["again"] for each in told)
    row(name, seconds(max(each["seconds"] for each in told)), again and f"{again} tried again")
    made = after["coupons"] - before["coupons"]
    gate(f"coupons of {name}", float(made), makers * count)
    doubles = 2 * after["coupons"] - after["codes"] - after["names"]
    gate(f"IDs and numbers twice, {name}", float(doubles), 0, at_least=False)


# ----------------------------------------------------------------------
# Guessing
# ----------------------------------------------------------------------


def guessed(site, coupons, operators):
    """How many wrong PINs a user, and users of one address, can try within an hour."""
    title("Guessing PINs until nobody listens any more")
    site.do("limits", wrong=WRONG, user=OF_USER, address=OF_ADDRESS)
    spoiled, tried = [], 0
    for number in range(OF_ADDRESS // OF_USER + 1):
        operator, mine = next(operators), 0
        while _tries(site, operator, spoiled, coupons):
            mine += 1
        tried += mine
        row(f"operator {number + 1}", f"{mine} tries")
        if not number:
            gate("tries of a user in an hour, at most", float(mine), OF_USER, at_least=False)
    row("all of one address", f"{tried} tries", f"{len(spoiled) // WRONG} coupons locked")
    gate("tries of an address in an hour, at most", float(tried), OF_ADDRESS, at_least=False)
    site.do("limits")


def _tries(site, operator, spoiled, coupons):
    """Try a wrong PIN on a coupon that is not locked yet; whether it was compared."""
    coupon = spoiled[-1] if len(spoiled) % WRONG else next(coupons)
    pin = wrong_pins(coupon, WRONG)[spoiled.count(coupon)]
    (answer,) = site.ask([(operator, "check_coupon", claim(coupon, pin))])
    if "hour" in answer["message"]:
        return False
    spoiled.append(coupon)
    return True


def same_time(site, coupons, operator, turns):
    """An unknown ID, a wrong PIN and another client are told in the same words and time."""
    title("What the answer and its time tell")
    site.do("limits", wrong=10, user=1000, address=10_000)
    victims = [next(coupons) for _each in range(-(-2 * turns // 8))]
    asked = {"wrong PIN": 0, "other client": 0}

    def victim(name):
        asked[name] += 1
        return victims[(asked[name] - 1) % len(victims)]

    def ask(code, pin, client):
        (answer,) = site.ask([(operator, "check_coupon", (code, pin, client))])
        messages.add(answer["message"])

    def wrong_pin():
        coupon = victim("wrong PIN")
        ask(*claim(coupon, wrong_pins(coupon, 1)[0]))

    def other_client():
        coupon = victim("other client")
        ask(coupon["code"], coupon["pin"], "Somebody Else")

    def unknown():
        ask(coupons_guessed.code_of(turns), "1234", victims[0]["client"])

    messages = set()
    found = in_turns(
        {"unknown ID": unknown, "wrong PIN": wrong_pin, "other client": other_client}, turns
    )
    for name, each in found.items():
        row(name, seconds(each.median))
    gate("different answers", float(len(messages)), 1, at_least=False)
    for name in ("wrong PIN", "other client"):
        ratio = times(found[name], found["unknown ID"])
        gate(f"time of a {name} over that of an unknown ID, at most", ratio, 1.2, at_least=False)
        gate(f"time of a {name} over that of an unknown ID", ratio, 0.8)
    site.do("limits")
