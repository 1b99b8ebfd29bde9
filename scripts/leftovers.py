"""What a database consists of, to be compared before the addon and after it. Pure SQL."""

from workspace import MODULE

SCHEMA = {
    "column": """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
          FROM information_schema.columns WHERE table_schema = current_schema()""",
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "constraint": """
        SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = current_schema()::regnamespace""",
    # Those of rows of ir_sequence, which are named by their number, are looked for there.
    "sequence": """
        SELECT sequencename FROM pg_sequences
         WHERE schemaname = current_schema() AND sequencename !~ '^ir_sequence_\\d+$'""",
    "function": """
        SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace""",
    "trigger": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "type": """
        SELECT typname FROM pg_type
         WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd')""",
}
# Rows of Odoo's own tables that name a model, a field or a module. What Odoo's modules remember of
# the fields that our models have from them is Odoo's own: it forgets it when it is upgraded.
NAMED = {
    "ir_model": "model",
    "ir_model_fields": "model || '.' || name",
    "ir_model_data": "CASE module WHEN 'smart_recommender' THEN name END",
    "ir_model_access": "name",
    "ir_rule": "name::text",
    "ir_cron": "cron_name",
    "ir_act_window": "name::text || COALESCE(res_model, '')",
    "ir_act_server": "name::text",
    "ir_act_client": "name::text || tag",
    "ir_act_report_xml": "report_name",
    "ir_ui_view": "COALESCE(key, name)",
    "ir_ui_menu": "name::text",
    "ir_asset": "name || path",
    "ir_config_parameter": "key",
    "ir_sequence": "name",
    "mail_activity_type": "name::text",
    "mail_message_subtype": "name::text",
    "mail_template": "name::text",
    "res_groups": "name::text",
    # Others' categories come with the list of modules that there are, which may have grown since.
    "ir_module_category": (
        "CASE WHEN NOT EXISTS (SELECT FROM ir_module_module m WHERE m.name <> "
        f"'{MODULE}' AND m.category_id = ir_module_category.id) THEN name::text END"
    ),
    "ir_attachment": """COALESCE(res_model, '') || ' ' || CASE
        WHEN url LIKE '/web/assets/%%' THEN 'bundle' ELSE COALESCE(url, name) END""",
}
# Columns that say which model their row is of.
OF_MODELS = {
    "ir_attachment": "res_model",
    "mail_message": "model",
    "mail_followers": "res_model",
    "mail_activity": "res_model",
    "ir_filters": "model_id",
    "ir_exports": "resource",
    "rating_rating": "res_model",
    "ir_property": "name",
}


def schema(cursor):
    """{"kind: what it is": how many}, without ids."""
    found = {}
    for kind, query in SCHEMA.items():
        cursor.execute(query)
        for (text,) in cursor.fetchall():
            found[f"{kind}: {text}"] = found.get(f"{kind}: {text}", 0) + 1
    return found


def names(cursor):
    """Like ``schema``: rows of Odoo's tables that tell what is installed."""
    found = {}
    for table, expression in NAMED.items():
        if _exists(cursor, table):
            cursor.execute(f"SELECT {expression.replace('%%', '%')} FROM {table}")  # noqa: S608
            for (text,) in cursor.fetchall():
                if text is not None:
                    found[f"{table}: {text}"] = found.get(f"{table}: {text}", 0) + 1
    return found


def orphans(cursor):
    """Rows of a model that is not there, and what our name is on."""
    found = []
    for table, column in OF_MODELS.items():
        if _exists(cursor, table) and table != "ir_property":
            cursor.execute(
                f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608
                f" AND {column} NOT IN (SELECT model FROM ir_model) GROUP BY 1"
            )
            found += [f"{table} of {model}: {count}" for model, count in cursor.fetchall()]
    cursor.execute(
        "SELECT module || '.' || name FROM ir_model_data WHERE module = %s"
        " UNION SELECT 'attachment ' || name FROM ir_attachment WHERE url LIKE %s",
        [MODULE, f"/{MODULE}/%"],
    )
    return found + [name for (name,) in cursor.fetchall()]


def contents(cursor, columns):
    """{table: {id: digest of its row}}. columns : {table: names of columns to look at}."""
    found = {}
    for table, own in columns.items():
        listed = ", ".join(f'"{name}"' for name in sorted(own))
        cursor.execute(f"SELECT id, md5(ROW({listed})::text) FROM {table}")  # noqa: S608
        found[table] = dict(cursor.fetchall())
    return found


def columns_of_data(cursor):
    """{table: columns} of people's data: neither Odoo's own registry nor what changes by itself."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns JOIN pg_tables"
        " ON tablename = table_name AND schemaname = table_schema"
        " WHERE table_schema = current_schema()"
    )
    tables = {}
    for table, column in cursor.fetchall():
        if not table.startswith(("ir_", "bus_", "base_", "web_tour")):
            tables.setdefault(table, set()).add(column)
    changing = {"write_date", "write_uid"}
    return {table: own - changing for table, own in tables.items() if "id" in own}


def ours(cursor):
    """{table: ids} of the rows that the addon itself brought, which go with it."""
    cursor.execute(
        "SELECT model, array_agg(res_id) FROM ir_model_data WHERE module = %s GROUP BY 1", [MODULE]
    )
    found = {model.replace(".", "_"): set(ids) for model, ids in cursor.fetchall()}
    cursor.execute(
        "SELECT message.id FROM mail_message message WHERE model LIKE 'ai.%%' OR EXISTS ("
        "SELECT FROM ir_model_data data WHERE data.module = %s"
        " AND data.model = message.model AND data.res_id = message.res_id)"
        # The template of a product of ours.
        " OR model = 'product.template' AND res_id IN (SELECT product_tmpl_id FROM product_product"
        " JOIN ir_model_data data ON data.model = 'product.product' AND data.module = %s"
        " AND data.res_id = product_product.id)",
        [MODULE, MODULE],
    )
    found.setdefault("mail_message", set()).update(id_ for (id_,) in cursor.fetchall())
    if _exists(cursor, "product_value"):  # what a product of ours was worth, from 19 on
        products = list(found.get("product_product", ()))
        cursor.execute("SELECT id FROM product_value WHERE product_id = ANY(%s)", [products])
        found["product_value"] = {id_ for (id_,) in cursor.fetchall()}
    return found


def _exists(cursor, table):
    cursor.execute("SELECT to_regclass(%s)", [table])
    return cursor.fetchone()[0] is not None


def kept_by_upgrades(cursor):
    """({setting of a company: value}, {table of ours: number of its rows}) of the first company."""
    cursor.execute("SELECT * FROM res_company ORDER BY id LIMIT 1")
    names = [column.name for column in cursor.description]
    row = dict(zip(names, cursor.fetchone(), strict=True))
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        " AND tablename LIKE 'ai\\_%'"
    )
    counts = {}
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        (counts[table],) = cursor.fetchone()
    return {name: row[name] for name in names if name.startswith("ai_")}, counts
