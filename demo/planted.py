"""What is hidden in the history, for a reader or a test to see whether the system finds it.

Days count back from today: day 0 is today, day 30 thirty days ago.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bundle:
    """Who buys ``head`` also takes each companion with its probability, in the same order."""

    head: str
    companions: dict


@dataclass(frozen=True)
class Rhythm:
    """A client who buys a product every so many days, the last time ``last_day`` days ago.

    customer : position in CUSTOMERS; since_day : days ago when it began.
    """

    customer: int
    code: str
    interval: int
    last_day: int
    since_day: int = 330


@dataclass(frozen=True)
class Experiment:
    """first, last : days before today on which it ran; taken : share of the confirmed quotations
    with suggestions that also took a maintenance contract."""

    name: str
    first: int
    last: int
    control_sees: str
    taken: float


@dataclass(frozen=True)
class LateContainers:
    """Containers of a client that should be back: deliveries, returns : (day, quantity), …

    late : how many of them are late, first in, first out.
    """

    customer: int
    code: str
    deliveries: tuple
    returns: tuple
    late: int


@dataclass(frozen=True)
class Contract:
    """a_month : quantity agreed on; ends_in : days from today to its last day."""

    customer: int
    code: str
    a_month: int
    months: int
    ends_in: int
    renewal: str


@dataclass(frozen=True)
class Coupons:
    """What a client was given. used : so much of the first one was taken off an order; last_day :
    days from today to the last one, below zero where it is over."""

    customer: int
    number: int
    amount: float
    reason: str
    last_day: int
    used: bool = False


@dataclass(frozen=True)
class Planned:
    """A payment that comes again and again. first : days from today; unit, every : as of
    ai.cash.line."""

    name: str
    amount: float
    first: int
    unit: str = "month"
    every: int = 1
    direction: str = "out"


@dataclass(frozen=True)
class Arrival:
    """A product that came in for the first time ``day`` days ago, and that nobody has bought."""

    code: str
    name: str
    category: str
    price: float
    quantity: int
    day: int


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
# Clients who are due for a reorder today, one after the other, and one who has stopped.
RHYTHMS = {
    "atlas": [
        Rhythm(2, "EAU-02", 21, 22),
        Rhythm(4, "EAU-02", 35, 36),
        Rhythm(6, "BUR-02", 30, 29),
        Rhythm(9, "EAU-10", 40, 43, 200),
        Rhythm(11, "EAU-10", 30, 31, 200),
        Rhythm(17, "EAU-14", 30, 160),
    ],
    "kivu": [],  # its few orders make no rhythm
}
# Clients by their position who buy elsewhere since so many days; of the newest nobody is sure yet.
LEFT = {
    "atlas": {7: 50, 10: 70, 14: 70, 18: 70, 35: 110, 23: 120, 19: 130, 20: 160, 31: 190, 40: 200,
              26: 210},
    "kivu": {},
}  # fmt: skip
# What a trade buys most, by the family of products; so large a share of the orders follows it.
TASTES = {
    "EAU": ("Café", "Restaurant", "Salon"),
    "HYG": ("Hôtel", "Clinique", "Pharmacie"),
    "BUR": ("École", "Cabinet", "Agence"),
    "ATE": ("Garage", "Entreprise BTP"),
    "CUI": ("Hôtel", "Restaurant", "Boulangerie"),
    "PIE": ("Garage", "Imprimerie"),
}
TASTE_SHARE = 0.6
# Clients by their position: suspended with a reason, invoices that are past due or paid, limits.
SUSPENDED = {21: "Deux chèques impayés : voir la comptabilité avant toute livraison."}
OVERDUE_CLIENTS = (2, 9, 25, 30, 38)
PAID_CLIENTS = (4, 6, 11)
CREDIT_LIMITS = {2: 200000.0, 4: 250000.0, 9: 60000.0}
CALL_DAYS, CALLS_PER_DAY = 30, 5
# A month of complaints, the newest first: of one client by its position, open ones, late ones.
COMPLAINTS, COMPLAINT_DAYS = 24, 30
COMPLAINER, REPEATED_COMPLAINTS = 4, 4
OPEN_COMPLAINTS, LATE_COMPLAINTS = 5, 2
# Returnable containers: deposits in dirhams; clients who bring back what they had the time before,
# and those who do not.
DEPOSITS = {"CON-01": 60.0, "CON-02": 120.0}
DAYS_TO_RETURN = 30
EXCHANGE_DAYS = 120
EXCHANGES = [
    *((customer, "CON-01") for customer in (0, 1, 2, 3, 4, 5, 7, 8, 10, 12, 13, 15, 18, 20)),
    *((customer, "CON-02") for customer in (3, 6, 14, 16, 22)),
]
LATE_CONTAINERS = [
    LateContainers(9, "CON-01", ((75, 10), (40, 6)), ((35, 4),), 12),
    LateContainers(25, "CON-01", ((125, 15), (20, 5)), (), 15),
    LateContainers(38, "CON-01", ((45, 8),), ((10, 3),), 5),
    LateContainers(30, "CON-02", ((50, 4), (12, 4)), ((12, 3),), 1),
]
# Two that are due, one of them renewing itself, one that is over, one far away, and one of a client
# who has stopped buying.
CONTRACTS = [
    Contract(2, "EAU-02", 12, 12, 20, "manual"),
    Contract(11, "EAU-10", 5, 12, 12, "auto"),
    Contract(4, "EAU-02", 8, 6, -8, "manual"),
    Contract(6, "BUR-02", 2, 12, 190, "auto"),
    Contract(17, "EAU-14", 6, 12, 150, "manual"),
]
# Some to be used, one that is, some that expire soon, and one that has.
COUPONS = [
    Coupons(3, 3, 100.0, "Fin d’année : merci de votre fidélité", 365),
    Coupons(5, 1, 50.0, "Livraison en retard du 12", 300, used=True),
    Coupons(8, 2, 150.0, "Lancement de la fontaine à eau", 10),
    Coupons(10, 1, 80.0, "Ouverture du dépôt", -20),
]
# Clients by their position who rate what they bought, who of them logs in to the portal, and how
# many of the newest comments nobody has read.
RATING_CLIENTS = range(60)
RATES_ON_PORTAL = 15
UNREAD_COMMENTS = 6
# Money. Orders of the last so many days are invoiced, of those before one in so many, and all of
# clients who pay late: by their position, with their days. The others pay about when it is due,
# a month after the invoice, and bills are paid a few days late.
INVOICED_DAYS, ONE_IN, DUE_DAYS, BILLS = 95, 6, 30, 40
LATE_PAYERS = {3: 48, 8: 75, 12: 40, 16: 62, 24: 55, 33: 45, 41: 66, 47: 50}
# Amounts are those of a whole year's orders.
BALANCE = {"atlas": 420000.0, "kivu": 38000.0}
LEAST_CASH = {"atlas": 150000.0, "kivu": 10000.0}
PLANNED = {
    "atlas": [
        Planned("Salaires", 96000.0, 5),
        Planned("Loyer du dépôt", 18000.0, 9),
        Planned("TVA", 45000.0, 20),
        Planned("Échéance du prêt", 14500.0, 14),
        Planned("Assurance de la flotte", 31000.0, 45, "year"),
        Planned("Location de l’entrepôt de Rabat", 6000.0, 3, direction="in"),
    ],
    "kivu": [
        Planned("Salaires", 4800.0, 5),
        Planned("Loyer", 900.0, 9),
    ],
}
# Quotations: won ones were open for some days; so many more were lost, most of them by clients who
# compare prices (every fourth one). A share of the won ones had a discount, in percent, of the lost
# ones hardly any.
LOST_QUOTATIONS, LEAST_LOST = 260, 130
COMPARES_PRICES = 4
LOST_BY_THEM = 0.7
DISCOUNTS = (5.0, 10.0, 15.0)
DISCOUNTED_WON, DISCOUNTED_LOST = 0.35, 0.1
# They fit the cafés and restaurants, and the schools and offices, of TASTES.
ARRIVALS = [
    Arrival(
        "EAU-15", "Eau infusée citron-menthe 50 cl (pack de 12)", "Eau et boissons", 56, 120, 6
    ),
    Arrival("BUR-15", "Carnet recyclé A5 (lot de 5)", "Bureau et scolaire", 48, 80, 12),
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

# Stock. Storable are all goods but these.
CONSUMABLES = ["BUR-10", "PIE-03", "CUI-12"]
# (product, first day, last day): out of stock in all warehouses, and not sold, on all days between.
STOCK_OUTS = [("CUI-05", 60, 40), ("HYG-05", 100, 80)]
# Product: day of its last sale; plenty of it is left.
DEAD_STOCK = {"ATE-12": 150, "ATE-10": 140, "CUI-10": 130}
# Below any sensible reorder point today, and nothing on order.
LOW = {
    "atlas": ["EAU-10", "BUR-02", "BUR-04", "HYG-02", "ATE-05", "CUI-01"],
    "kivu": ["EAU-14", "HYG-08", "ATE-14"],
}
# Low as well, but an order is under way to the first warehouse.
UNDER_WAY = {
    "atlas": ["EAU-09", "BUR-01", "BUR-03", "ATE-03", "HYG-13"],
    "kivu": ["ATE-01", "EAU-10"],
}
# Stock for about ten days, from a vendor who delivers within three.
WATCH = {"atlas": ["CUI-02", "EAU-03"], "kivu": []}
# (company, product, on hand in its first warehouse): delivered before the receipt was entered. None
# is in the others.
NEGATIVE_STOCK = ("atlas", "EAU-13", -7)
# The newest so many confirmed orders are not delivered yet: they reserve, or wait.
UNDELIVERED = {"atlas": 12, "kivu": 4}
# Vendors are in vendors.py; this one needs half as long again as it promises.
LATE_VENDOR, LATENESS = "rhone", 1.5
# And this one's prices rise by so much a year.
DEARER_VENDOR, DEARER_A_YEAR = "iberica", 0.09
# Bought for cash: no vendor is on the product.
NO_VENDOR = ["CUI-06", "BUR-12", "ATE-09"]
# Main vendor without any delay; vendor without a price.
ZERO_DELAY = ["EAU-12", "HYG-06"]
NO_PRICE = ["EAU-08"]
# A second, dearer and faster vendor.
SECOND_VENDOR = ["BUR-03", "EAU-04", "HYG-04", "ATE-01", "EAU-09"]
# Bought by the dozen, sold by the piece.
DOZENS = ["BUR-05", "BUR-07", "HYG-11"]
# Bought in packages of so many; Odoo 17 knows packagings of products, 19 has no such thing.
PACKAGINGS = {
    "EAU-02": ("Palette de 40", 40),
    "BUR-03": ("Carton de 5 ramettes", 5),
    "CUI-01": ("Carton de 10", 10),
    "HYG-02": ("Carton de 12", 12),
}
# Least quantities that vendors sell, in the purchase unit.
MINIMUMS = {
    "EAU-02": 80, "EAU-04": 60, "EAU-14": 30, "BUR-03": 50, "BUR-05": 10, "BUR-07": 5,
    "CUI-01": 20, "CUI-03": 20, "HYG-02": 24, "HYG-11": 4, "HYG-13": 24, "ATE-04": 10,
    "PIE-01": 5, "PIE-02": 3, "PIE-07": 10, "PIE-09": 8, "EAU-09": 4, "ATE-14": 2,
}  # fmt: skip
# What suggestions bring: once both arms saw the same, once only one of them saw anything.
CONTRACT = "SRV-02"
EXPERIMENTS = [
    Experiment("Test A/A : tous voient la même chose", 340, 235, "same", 0.0),
    Experiment("Avec ou sans suggestions", 230, 45, "nothing", 0.6),
]
