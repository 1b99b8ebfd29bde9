"""Rows in bulk after the pattern of one record, over the products of a made company."""

VENDORS = 50


def insert(env, pattern, values, source):
    """Insert rows like a record. values : {column: SQL}; source : SQL after FROM."""
    from odoo.addons.smart_recommender.bulk_load import orders
    from odoo.tools import SQL

    env.flush_all()
    orders._insert(env.cr, pattern._table, values, pattern.id, SQL(source))


def products_of(company, condition="TRUE"):
    """SQL of the company's products as item: id, template_id, uom_id, number."""
    return (
        "(SELECT product.id, template.id AS template_id, template.uom_id,"
        " mod(product.id * 7919, 1000) AS number"
        " FROM product_product product JOIN product_template template"
        " ON template.id = product.product_tmpl_id"
        f" WHERE template.company_id = {company.id} AND {condition}) AS item"
    )


def first_product(env, company):
    return env["product.product"].search([("company_id", "=", company.id)], limit=1)
