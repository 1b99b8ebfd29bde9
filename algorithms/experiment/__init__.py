"""Do suggestions earn money: arms, effects with their intervals, looks and planning."""

from .assignment import arm_share, is_treated
from .effect import Arm, Effect, evaluate
from .exposures import Exposures
from .over_time import Timeline, effect_over_time
from .planning import days_until_visible, quotation_variance, quotations_needed
