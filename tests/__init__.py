from .anomaly import *
from .call import *
from .classification import *
from .client import *
from .core import *
from .forecast import *
from .replenishment import *
from .suggestion import *
