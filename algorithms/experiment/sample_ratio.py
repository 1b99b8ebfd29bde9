"""Whether as many clients came into each arm as were meant to.

Where not, something treats the arms differently before the outcome is counted (somebody switches
the arm, quotations get lost, arms are shown at different times), and no figure of the experiment
can be trusted. It happens in 6 % of the experiments of large firms (Fabijan et al., Diagnosing
Sample Ratio Mismatch in Online Controlled Experiments, KDD 2019), who stop at p < 0.0005 to 0.01.
"""

from scipy.special import chdtrc

SUSPICIOUS = 0.001


def sample_ratio_p(treated, control, share):
    """p-value of Pearson's χ² with one degree of freedom.

    treated, control : int, clients, which are what was randomised; quotations are not, as an effect
    may make more of them. share : float in (0, 1), meant to be treated. Returns float; 1 without
    clients.
    """
    count = treated + control
    if not count:
        return 1.0
    return float(chdtrc(1, (treated - count * share) ** 2 / (count * share * (1 - share))))
