"""What is hidden in the history, for a reader or a test to see whether the system finds it.

Days count back from today: day 0 is today, day 30 thirty days ago.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bundle:
    """Who buys ``head`` also takes each companion with its probability, in the same order."""

    head: str
    companions: dict


BUNDLES = [
    Bundle("EAU-01", {"EAU-02": 0.80, "EAU-03": 0.55}),  # fountain: bottle, cups
    Bundle("EAU-09", {"EAU-10": 0.75, "EAU-11": 0.40}),  # coffee machine: beans, descaler
    Bundle("HYG-01", {"HYG-02": 0.75}),  # soap dispenser: refill
    Bundle("HYG-03", {"HYG-04": 0.70}),  # towel dispenser: towels
    Bundle("HYG-08", {"HYG-09": 0.60, "HYG-07": 0.45}),  # trolley: mop, floor cleaner
    Bundle("BUR-01", {"BUR-02": 0.70, "BUR-03": 0.60}),  # printer: toner, paper
    Bundle("BUR-06", {"BUR-07": 0.65, "BUR-05": 0.60}),  # school bag: pencil case, exercise books
    Bundle("BUR-08", {"BUR-09": 0.70}),  # whiteboard: markers
    Bundle("ATE-01", {"ATE-02": 0.65}),  # drill: bits
    Bundle("ATE-03", {"ATE-04": 0.70}),  # grinder: discs
    Bundle("ATE-05", {"ATE-06": 0.65, "ATE-07": 0.45}),  # paint: roller, sheet
    Bundle("CUI-01", {"CUI-02": 0.70, "CUI-03": 0.50}),  # plates: cutlery, napkins
]
# Only the Congolese company sells generators with oil: its rules must not reach the other one.
BUNDLES_OF_COMPANY = {"atlas": BUNDLES, "kivu": [*BUNDLES, Bundle("ATE-14", {"CUI-11": 0.75})]}

# (product, day, times the usual quantity): so much in each of several orders of one day.
SPIKE_ORDERS = 4
SPIKES = [("HYG-11", 70, 12), ("EAU-04", 25, 10)]
# (product, first day, last day, share of the usual demand left).
COLLAPSE = ("EAU-14", 45, 15, 0.05)
# Product: factor of demand at the end of the year over that at its start.
TRENDS = {"EAU-10": 4.0, "CUI-08": 3.0, "HYG-13": 1 / 4, "BUR-14": 1 / 3}
# Product: day of its first sale.
NEW = {"EAU-06": 60, "HYG-12": 35}
# Product: day of its last sale; archived since.
DISCONTINUED = {"BUR-11": 110, "CUI-09": 80}
# Sold now and then, one or two at a time.
INTERMITTENT = [f"PIE-{number:02d}" for number in range(1, 13)]
# Share of a week's orders from Monday to Sunday.
WEEKDAYS = (0.20, 0.19, 0.18, 0.18, 0.14, 0.10, 0.01)
# Demand of a season's category in its months, over that in the others.
SEASONS = {"summer": ({6, 7, 8, 9}, 1.8), "school": ({9, 10}, 2.5)}
ORDERS = {"atlas": 1700, "kivu": 300}
CANCELLED = {"atlas": 90, "kivu": 15}
OPEN_QUOTATIONS = {"atlas": 14, "kivu": 4}
# Refunds: credit notes on invoices, and orders with negative quantities.
CREDIT_NOTES = 24
NEGATIVE_ORDERS = {"atlas": 18, "kivu": 4}
