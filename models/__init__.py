from . import ai_sales_extract
from . import ai_training_run
from . import ai_training_run_rules
from . import ai_recommendation_rule
from . import ai_suggestion
from . import res_company
from . import res_config_settings
from . import sale_order
