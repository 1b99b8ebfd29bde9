"""The catalogue of the demonstration: 80 goods in 6 categories, services and deliveries.

Prices are in Moroccan dirhams without tax. ``typical`` is the quantity that customers usually take.
Taxes are Morocco's: 20 %, but 10 % on what the tax code names, and none on exercise books.
"""

from dataclasses import dataclass

# Dirhams for a unit of each currency.
DIRHAMS = {"MAD": 1.0, "USD": 9.9, "EUR": 10.8}


@dataclass(frozen=True)
class Product:
    code: str
    name: str
    category: str
    price: float
    typical: int
    kind: str = "consu"
    season: str = ""


def _goods(category, prefix, rows, season=""):
    return [
        Product(f"{prefix}-{number:02d}", name, category, price, typical, season=season)
        for number, (name, price, typical) in enumerate(rows, start=1)
    ]


WATER = _goods(
    "Eau et boissons",
    "EAU",
    [
        ("Fontaine à eau froide et tempérée", 1290, 1),
        ("Bonbonne d'eau 19 L", 38, 10),
        ("Gobelets carton 20 cl (100)", 24, 6),
        ("Eau minérale 1,5 L (pack de 6)", 27, 20),
        ("Eau minérale 33 cl (pack de 12)", 32, 20),
        ("Eau gazeuse 1 L (pack de 6)", 42, 8),
        ("Jus d'orange 1 L (pack de 6)", 66, 6),
        ("Soda cola 33 cl (pack de 24)", 108, 4),
        ("Machine à café automatique", 3450, 1),
        ("Café en grains 1 kg", 118, 6),
        ("Détartrant pour machine à café", 64, 2),
        ("Thé vert en sachets (100)", 45, 4),
        ("Sucre en morceaux 1 kg", 14, 10),
        ("Lait UHT 1 L (pack de 6)", 58, 6),
    ],
    season="summer",
)
HYGIENE = _goods(
    "Hygiène et entretien",
    "HYG",
    [
        ("Distributeur de savon mural", 185, 2),
        ("Recharge savon mousse 1 L", 49, 6),
        ("Distributeur d'essuie-mains", 240, 1),
        ("Essuie-mains pliés (carton de 20)", 165, 3),
        ("Papier toilette (48 rouleaux)", 132, 4),
        ("Eau de Javel 5 L", 26, 8),
        ("Nettoyant sol 5 L", 58, 4),
        ("Chariot de ménage", 890, 1),
        ("Serpillière microfibre", 35, 6),
        ("Sacs poubelle 100 L (100)", 74, 5),
        ("Gel hydroalcoolique 500 ml", 29, 12),
        ("Gants nitrile (boîte de 100)", 62, 5),
        ("Désodorisant 300 ml", 23, 8),
        ("Liquide vaisselle 5 L", 46, 4),
    ],
)
OFFICE = _goods(
    "Bureau et scolaire",
    "BUR",
    [
        ("Imprimante laser multifonction", 2190, 1),
        ("Cartouche toner noir", 420, 2),
        ("Ramette papier A4 80 g", 44, 20),
        ("Stylos bille bleus (50)", 52, 4),
        ("Cahier 96 pages", 7, 60),
        ("Cartable scolaire", 145, 10),
        ("Trousse scolaire", 28, 10),
        ("Tableau blanc 120 × 90", 540, 1),
        ("Marqueurs effaçables (4)", 36, 5),
        ("Classeur à levier", 19, 20),
        ("Agrafeuse métal", 48, 3),
        ("Calculatrice de bureau", 95, 2),
        ("Chaise de bureau", 780, 2),
        ("Enveloppes C4 (250)", 88, 2),
    ],
    season="school",
)
WORKSHOP = _goods(
    "Atelier et outillage",
    "ATE",
    [
        ("Perceuse à percussion 800 W", 690, 1),
        ("Coffret de forets béton", 125, 1),
        ("Meuleuse d'angle 125 mm", 540, 1),
        ("Disques à tronçonner (25)", 98, 2),
        ("Peinture acrylique blanche 15 L", 410, 4),
        ("Rouleau et bac à peinture", 68, 4),
        ("Bâche de protection 20 m²", 32, 6),
        ("Casque de chantier", 55, 10),
        ("Gants de manutention (12 paires)", 84, 3),
        ("Chaussures de sécurité S3", 320, 4),
        ("Ruban adhésif toilé 50 m", 39, 6),
        ("Échelle télescopique 3,8 m", 1150, 1),
        ("Silicone sanitaire 300 ml", 27, 12),
        ("Groupe électrogène 3 kVA", 4900, 1),
    ],
)
SPARES = _goods(
    "Pièces de rechange",
    "PIE",
    [
        ("Robinet de fontaine à eau", 45, 2),
        ("Thermostat de fontaine", 160, 1),
        ("Joint de groupe café", 38, 2),
        ("Moulin pour machine à café", 690, 1),
        ("Tambour d'imprimante", 880, 1),
        ("Rouleau d'entraînement papier", 210, 1),
        ("Charbons de perceuse (paire)", 34, 2),
        ("Mandrin auto-serrant 13 mm", 120, 1),
        ("Roue de chariot de ménage", 28, 4),
        ("Bougie de groupe électrogène", 55, 2),
        ("Carburateur 3 kVA", 480, 1),
        ("Vérin de chaise de bureau", 130, 1),
    ],
)
KITCHEN = _goods(
    "Cuisine et vaisselle jetable",
    "CUI",
    [
        ("Assiettes carton (100)", 58, 5),
        ("Couverts bois (100)", 46, 5),
        ("Serviettes 33 × 33 (500)", 64, 4),
        ("Nappe en papier 50 m", 92, 2),
        ("Barquettes aluminium (100)", 118, 3),
        ("Film alimentaire 300 m", 86, 2),
        ("Papier aluminium 200 m", 104, 2),
        ("Boîtes à pizza 33 cm (100)", 195, 3),
        ("Pailles papier (250)", 22, 6),
        ("Huile de tournesol 5 L", 96, 6),
        ("Huile moteur 5 L", 165, 2),
        ("Bouteilles de gaz 12 kg (recharge)", 50, 4),
    ],
)
GOODS = [*WATER, *HYGIENE, *OFFICE, *WORKSHOP, *SPARES, *KITCHEN]
SERVICES = [
    Product("SRV-01", "Installation sur site", "Services", 350, 1, kind="service"),
    Product("SRV-02", "Contrat de maintenance annuel", "Services", 1200, 1, kind="service"),
]
# Taxes of Odoo's Moroccan chart, which are lines of the tax return, with the names people know;
# all other goods and services have the usual one.
TAXES = {
    "CUI-10": ("vat_out_10_98", "TVA 10 %"),
    "CUI-12": ("vat_out_10_108", "TVA 10 % (gaz)"),
    "BUR-05": ("vat_out_0_30", "Exonéré de TVA"),
}
DELIVERY = Product("LIV-01", "Livraison", "Services", 60, 1, kind="service")
PRODUCTS = [*GOODS, *SERVICES, DELIVERY]
CATEGORIES = list(dict.fromkeys(product.category for product in PRODUCTS))


def cost(product):
    """What a product costs its buyer, in dirhams: 58 to 74 % of the price, the same every time."""
    return product.price * (0.58 + 0.04 * (GOODS.index(product) % 5))
