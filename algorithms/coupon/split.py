"""An amount in shares, which add up to it to the last cent."""


def shares(amount, weights, step):
    """Split an amount in proportion to weights.

    amount : number >= 0, a multiple of step; weights : numbers > 0; step : the least part of the
    currency. Largest remainder (Hamilton): each share is a multiple of step, within one of what is
    due to it. Returns a list of floats.
    """
    units, total = round(amount / step), sum(weights)
    due = [units * weight / total for weight in weights]
    counts = [int(each) for each in due]
    by_remainder = sorted(range(len(due)), key=lambda place: counts[place] - due[place])
    for place in by_remainder[: units - sum(counts)]:
        counts[place] += 1
    return [count * step for count in counts]
