"""Who sells what to the companies of the demonstration: eight vendors and two markets."""

from dataclasses import dataclass
from datetime import timedelta

from . import planted
from .catalog import DIRHAMS, GOODS, cost

DEARER = 1.12  # prices of the second vendor over those of the main one


@dataclass(frozen=True)
class Vendor:
    """delay : promised days; cycle : days between two orders of one warehouse; registered : whether
    its prices are on the products."""

    name: str
    country: str
    city: str
    currency: str
    delay: int
    cycle: int
    companies: tuple
    registered: bool = True


VENDORS = {
    "sources": Vendor("Sources Al Hayat", "MA", "Fès", "MAD", 3, 18, ("atlas",)),
    "hygiene": Vendor("Hygiène Pro Maghreb", "MA", "Casablanca", "MAD", 7, 21, ("atlas",)),
    "chaouia": Vendor("Emballages Chaouia", "MA", "Settat", "MAD", 2, 18, ("atlas",)),
    "iberica": Vendor("Papelería Ibérica S.L.", "ES", "Valencia", "EUR", 14, 30, ("atlas",)),
    "rhone": Vendor("Outillage du Rhône SAS", "FR", "Lyon", "EUR", 20, 35, ("atlas", "kivu")),
    "shenzhen": Vendor(
        "Shenzhen Brightparts Ltd", "CN", "Shenzhen", "USD", 35, 45, ("atlas", "kivu")
    ),
    "express": Vendor("Grossiste Express", "MA", "Casablanca", "MAD", 0, 30, ("atlas",)),
    "katanga": Vendor("Comptoir du Katanga", "CD", "Lubumbashi", "USD", 5, 21, ("kivu",)),
    "cash": Vendor(
        "Achats comptant Derb Omar", "MA", "Casablanca", "MAD", 0, 30, ("atlas",), False
    ),
    "cash_lub": Vendor("Achats comptant Kenya", "CD", "Lubumbashi", "USD", 0, 30, ("kivu",), False),
}
_OF_CATEGORY = {
    "Eau et boissons": "sources",
    "Hygiène et entretien": "hygiene",
    "Bureau et scolaire": "iberica",
    "Atelier et outillage": "rhone",
    "Pièces de rechange": "shenzhen",
    "Cuisine et vaisselle jetable": "chaouia",
}
# Machines and cups do not come from where their category does.
_OF_PRODUCT = {
    "EAU-01": "shenzhen",
    "EAU-03": "chaouia",
    "EAU-09": "shenzhen",
    "EAU-10": "hygiene",
    "EAU-11": "hygiene",
    "BUR-01": "shenzhen",
    "ATE-14": "shenzhen",
}
_FAR = ("rhone", "shenzhen")


@dataclass(frozen=True)
class Supply:
    """One vendor's offer of one product to one company.

    unit : pieces of the purchase unit, 1 or 12; price : in the vendor's currency for a purchase
    unit, 0 where there is none; minimum : in purchase units; multiple : pieces that are bought at
    once, 1 where any number can be.
    """

    company: str
    code: str
    vendor: str
    delay: int
    price: float
    unit: int = 1
    minimum: int = 0
    multiple: int = 1


def supplies(company):
    """Offers to a company, the main vendor of a product before the second one."""
    result = []
    for product in GOODS:
        keys = [_main_vendor(company, product)]
        if company == "atlas" and product.code in planted.SECOND_VENDOR:
            keys.append("express")
        result += [_supply(company, product, key, number) for number, key in enumerate(keys)]
    return result


def _main_vendor(company, product):
    if product.code in planted.NO_VENDOR:
        return "cash" if company == "atlas" else "cash_lub"
    key = _OF_PRODUCT.get(product.code, _OF_CATEGORY[product.category])
    if company == "kivu":
        return key if key in _FAR else "katanga"
    return "express" if product.code in planted.ZERO_DELAY else key


def _supply(company, product, key, number):
    vendor = VENDORS[key]
    unit = 12 if product.code in planted.DOZENS else 1
    price = unit * cost(product) * (DEARER if number else 1.0) / DIRHAMS[vendor.currency]
    if product.code in planted.NO_PRICE:
        price = 0.0
    return Supply(
        company=company,
        code=product.code,
        vendor=key,
        delay=vendor.delay,
        price=round(price, 2),
        unit=unit,
        minimum=0 if number else planted.MINIMUMS.get(product.code, 0),
        multiple=max(unit, planted.PACKAGINGS.get(product.code, ("", 1))[1]),
    )


def turns_of(key, today, days, rng):
    """Orders that a warehouse could make out to a vendor, with the days of their receipt.

    key : of the vendor; today : datetime.date; days : length of the history; rng : numpy
    generator. Returns [(vendor, day of order, day of receipt)], oldest first, in days before today;
    all received within the history and before today, one after the other.
    """
    vendor = VENDORS[key]
    late = planted.LATENESS if key == planted.LATE_VENDOR else 1.0
    ordered = days + vendor.delay - int(rng.integers(vendor.cycle))
    turns, newest = [], days
    while ordered > 0:
        lead = round(vendor.delay * late * rng.lognormal(-0.01, 0.15))
        ordered = _working_day(today, ordered, 1)
        received = _working_day(today, ordered - lead, -1)
        if 1 <= received < newest:
            turns.append((key, ordered, received))
            newest = received
        ordered -= max(1, round(vendor.cycle * rng.uniform(0.8, 1.2)))
    return turns


def _working_day(today, day, step):
    """A day, or where it is a Sunday the one before (step 1) or after it (step -1)."""
    return day + step if (today - timedelta(days=day)).weekday() == 6 else day
