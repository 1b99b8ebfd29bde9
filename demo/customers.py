"""150 customers in Morocco, Algeria and the DRC, with addresses and phones as people write them."""

from dataclasses import dataclass, replace

import phonenumbers


@dataclass(frozen=True)
class Customer:
    name: str
    country: str
    city: str
    phone: str
    street: str
    zip: str


@dataclass(frozen=True)
class Contact:
    """Who answers for a customer.

    customer : position in CUSTOMERS; title : "mister" or "madam", as Odoo calls them.
    """

    customer: int
    name: str
    title: str
    function: str


# Country code, share of the customers, mobile prefixes, cities with the trades of their names.
_TRADES = [
    "Hôtel", "Café", "Clinique", "École", "Restaurant", "Cabinet", "Imprimerie", "Garage",
    "Pharmacie", "Boulangerie", "Entreprise BTP", "Supérette", "Agence", "Centre", "Salon",
]  # fmt: skip
_COUNTRIES = {
    "MA": (
        84,
        ("+212 6 61", "+212 6 70", "+212 5 22 4"),
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


_STREETS = {
    "MA": ("boulevard Zerktouni", "avenue Hassan II", "rue Ibn Batouta", "avenue Mohammed V",
           "rue de la Liberté", "boulevard Al Massira"),
    "DZ": ("rue Didouche-Mourad", "boulevard de l'ALN", "rue Larbi-Ben-M'hidi"),
    "CD": ("avenue Lumumba", "avenue de la Révolution", "chaussée de Kasenga", "avenue du Lac"),
}  # fmt: skip
# The Congo has no postal codes.
_ZIPS = {
    "Casablanca": "20000", "Rabat": "10000", "Marrakech": "40000", "Fès": "30000",
    "Tanger": "90000", "Agadir": "80000", "Oujda": "60000", "Alger": "16000", "Oran": "31000",
    "Constantine": "25000", "Tlemcen": "13000",
}  # fmt: skip
_PEOPLE = (
    ("Samira Bennani", "madam", "Responsable des achats"),
    ("Youssef El Amrani", "mister", "Gérant"),
    ("Khadija Alaoui", "madam", "Économe"),
    ("Omar Tazi", "mister", "Chef de cuisine"),
    ("Leïla Benjelloun", "madam", "Directrice"),
    ("Mehdi Chraïbi", "mister", "Comptable"),
)


def _phone(prefix, number):
    digits = 12 - sum(map(str.isdigit, prefix))  # as many in all three countries
    rest = f"{(number * 7919 + 104729) % 10**digits:0{digits}d}"
    return as_written(prefix + rest)


def as_written(phone):
    """A number with its country code, spaced as its country does."""
    parsed = phonenumbers.parse(phone)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _make(country, number):
    _share, prefixes, cities, places = _COUNTRIES[country]
    city = cities[number % len(cities)]
    trade = _TRADES[(number * 7 + number // len(_TRADES)) % len(_TRADES)]
    name = f"{trade} {places[number % len(places)]} {city}"
    streets = _STREETS[country]
    return Customer(
        name,
        country,
        city,
        _phone(prefixes[number % len(prefixes)], number),
        f"{3 + number * 37 % 180}, {streets[number % len(streets)]}",
        _ZIPS.get(city, ""),
    )


def _distinct(customers):
    """Branches of one house are distinguished by a number, as they are in real address books."""
    seen = {}
    for customer in customers:
        seen[customer.name] = seen.get(customer.name, 0) + 1
        count = seen[customer.name]
        yield customer if count == 1 else replace(customer, name=f"{customer.name} {count}")


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
CONTACTS = [
    Contact(customer, *_PEOPLE[number % len(_PEOPLE)])
    for number, customer in enumerate(range(1, 48, 4))
]
