from . import api_dashboard, api_docs, api_kpi, api_resources, history
