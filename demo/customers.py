"""150 customers in Morocco, Algeria and the DRC, with phones in their national formats."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Customer:
    name: str
    country: str
    city: str
    phone: str


# Country code, share of the customers, mobile prefixes, cities with the trades of their names.
_TRADES = [
    "Hôtel", "Café", "Clinique", "École", "Restaurant", "Cabinet", "Imprimerie", "Garage",
    "Pharmacie", "Boulangerie", "Entreprise BTP", "Supérette", "Agence", "Centre", "Salon",
]  # fmt: skip
_COUNTRIES = {
    "MA": (
        84,
        ("+212 6 61", "+212 6 70", "+212 5 22"),
        ["Casablanca", "Rabat", "Marrakech", "Fès", "Tanger", "Agadir", "Oujda"],
        ["Atlas", "Al Amal", "Zitoun", "Majorelle", "Souss", "Oukaïmeden", "Andalous", "Chellah"],
    ),
    "DZ": (
        26,
        ("+213 5 50", "+213 6 61", "+213 7 70"),
        ["Alger", "Oran", "Constantine", "Tlemcen"],
        ["El Djazaïr", "Numidia", "Sahel", "Djurdjura", "Aurès", "Yasmine", "Tassili"],
    ),
    "CD": (
        40,
        ("+243 81", "+243 85", "+243 99"),
        ["Lubumbashi", "Kinshasa", "Goma", "Kolwezi", "Bukavu"],
        ["Kivu", "Katanga", "Lualaba", "Virunga", "Malaika", "Bonobo", "Okapi", "Fleuve"],
    ),
}


# Odoo knows no regions of these countries: those of the cities above, by their ISO 3166-2 codes.
REGIONS = {
    "Casablanca": ("06", "Casablanca-Settat"), "Rabat": ("04", "Rabat-Salé-Kénitra"),
    "Marrakech": ("07", "Marrakech-Safi"), "Fès": ("03", "Fès-Meknès"),
    "Tanger": ("01", "Tanger-Tétouan-Al Hoceïma"), "Agadir": ("09", "Souss-Massa"),
    "Oujda": ("02", "L'Oriental"), "Alger": ("16", "Alger"), "Oran": ("31", "Oran"),
    "Constantine": ("25", "Constantine"), "Tlemcen": ("13", "Tlemcen"),
    "Lubumbashi": ("HK", "Haut-Katanga"), "Kinshasa": ("KN", "Kinshasa"),
    "Goma": ("NK", "Nord-Kivu"), "Kolwezi": ("LU", "Lualaba"), "Bukavu": ("SK", "Sud-Kivu"),
}  # fmt: skip


def _phone(prefix, country, number):
    digits = {"MA": 6, "DZ": 6, "CD": 7}[country]
    rest = f"{(number * 7919 + 104729) % 10**digits:0{digits}d}"
    return f"{prefix} {rest}"


def _make(country, number):
    _share, prefixes, cities, places = _COUNTRIES[country]
    city = cities[number % len(cities)]
    trade = _TRADES[(number * 7 + number // len(_TRADES)) % len(_TRADES)]
    name = f"{trade} {places[number % len(places)]} {city}"
    return Customer(name, country, city, _phone(prefixes[number % len(prefixes)], country, number))


def _distinct(customers):
    """Branches of one house are distinguished by a number, as they are in real address books."""
    seen = {}
    for customer in customers:
        seen[customer.name] = seen.get(customer.name, 0) + 1
        count = seen[customer.name]
        yield (
            customer
            if count == 1
            else Customer(
                f"{customer.name} {count}", customer.country, customer.city, customer.phone
            )
        )


CUSTOMERS = list(
    _distinct(
        _make(country, number)
        for country, (share, *_rest) in _COUNTRIES.items()
        for number in range(share)
    )
)
# Positions in CUSTOMERS of those who buy from each company: the Moroccan one sells in Algeria too.
CUSTOMERS_OF_COMPANY = {
    "atlas": [i for i, customer in enumerate(CUSTOMERS) if customer.country in ("MA", "DZ")],
    "kivu": [i for i, customer in enumerate(CUSTOMERS) if customer.country == "CD"],
}
