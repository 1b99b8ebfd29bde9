"""Companies of the demonstration with their charts of accounts, taxes and rates."""

from .catalog import DIRHAMS, TAXES

COMPANIES = {
    "atlas": {
        "name": "Atlas Distribution SARL",
        "country": "base.ma",
        "currency": "base.MAD",
        "city": "Casablanca",
        "tz": "Africa/Casablanca",
        "chart": "ma",
        "street": "Zone industrielle Sidi Bernoussi, lot 27",
        "zip": "20600",
        "phone": "+212 522-350127",
    },
    "kivu": {
        "name": "Kivu Négoce SARL",
        "country": "base.cd",
        "currency": "base.USD",
        "city": "Lubumbashi",
        "tz": "Africa/Lubumbashi",
        "chart": "cd",
        "street": "Avenue Kasa-Vubu 114",
        "zip": "",
        "phone": "+243 815 550 114",
    },
}


def find_company(env, key):
    return env["res.company"].search([("name", "=", COMPANIES[key]["name"])], limit=1)


def create_companies(env):
    """{key: res.company}, the first of them that of the database."""
    return {
        key: _create_company(env, values, is_first=number == 0)
        for number, (key, values) in enumerate(COMPANIES.items())
    }


def _create_company(env, values, is_first):
    """A company with its chart; the first is that of the database, whose currency is that of all
    products' prices."""
    currency = env.ref(values["currency"])
    currency.active = True
    vals = {
        "country_id": env.ref(values["country"]).id,
        "currency_id": currency.id,
        **{name: values[name] for name in ("name", "street", "zip", "city", "phone")},
    }
    # As in an installation: else Odoo 19 installs the country's localisation, whose chart takes the
    # place of ours, and its currency that of ours, at the next commit.
    model = env["res.company"].with_context(install_mode=True)
    if is_first:
        company = env.ref("base.main_company").with_env(model.env)
        company.write(vals)
    else:
        company = model.create(vals)
    company = company.with_env(env)
    company.partner_id.write({"tz": values["tz"], "lang": "fr_FR"})
    company.resource_calendar_id.tz = values["tz"]
    _load_chart(env, company, values["chart"])
    company.currency_id = currency  # the chart has chosen another one
    _set_rates(env, company)
    return company


def _load_chart(env, company, chart):
    """The country's own chart. It names taxes after the line of the tax return; on a quotation
    they are named as people do."""
    env["account.chart.template"].try_loading(chart, company, install_demo=False)
    usual = company.account_sale_tax_id
    named = {usual: f"TVA {usual.amount:g} %"}
    for code, (_xml_id, name) in TAXES.items():
        named.setdefault(tax_of(env, company, code), name)
    for tax, name in named.items():
        tax.active = True
        for lang in ("en_US", "fr_FR"):
            tax.with_context(lang=lang).name = name


def tax_of(env, company, code):
    """The sales tax of a product: its own in the Moroccan chart, else the company's usual one."""
    xml_id = f"account.{company.id}_{TAXES[code][0]}" if code in TAXES else ""
    own = xml_id and env.ref(xml_id, raise_if_not_found=False)
    return own or company.account_sale_tax_id


def _set_rates(env, company):
    """Rates a company needs: its own currency is 1."""
    own = DIRHAMS[company.currency_id.name]
    for name, dirhams in DIRHAMS.items():
        currency = env.ref(f"base.{name}")
        currency.active = True
        if currency != company.currency_id:
            env["res.currency.rate"].create(
                {
                    "currency_id": currency.id,
                    "company_id": company.id,
                    "name": "2020-01-01",
                    "rate": own / dirhams,
                }
            )
