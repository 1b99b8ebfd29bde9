from . import (
    test_experiment_arms,
    test_experiment_design,
    test_experiment_evaluation,
    test_experiment_exposures,
    test_experiment_sales,
    test_experiment_tours,
)
