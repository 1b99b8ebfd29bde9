# In the order in which they extend each other.
# isort: off
from . import core
from . import alert
from . import classification
from . import anomaly
from . import forecast
from . import replenishment
from . import client
from . import call
from . import telephony
from . import complaint
from . import coupon
from . import deposit
from . import suggestion
from . import experiment
from . import rating
from . import treasury
from . import indicator
