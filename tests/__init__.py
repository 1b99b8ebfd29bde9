from . import test_association_rule
from . import test_concurrency
from . import test_extract
from . import test_extract_with_modules
# i18n
from . import test_security
from . import test_settings
from . import test_suggestions
from . import test_tours
from . import test_training_run
