"""The faults that `make faults` tries, by the names that ONLY may give."""

from . import fault_disk, fault_kills, fault_limits, fault_signals, fault_starts, fault_store

KNOWN = {
    "killed": fault_kills.killed,
    "killed_for_good": fault_kills.killed_for_good,
    "terminated": fault_kills.terminated,
    "restarted": fault_signals.restarted,
    "full_database": fault_disk.database,
    "full_filestore": fault_disk.filestore,
    "damaged": fault_store.damaged,
    "processor": fault_limits.processor,
    "memory": fault_limits.memory,
    "at_once": fault_starts.at_once,
    "signals": fault_signals.signals,
    "clock": fault_signals.clock,
}
# Those that take seconds where cron is woken.
SHORT = ("killed", "terminated", "at_once", "damaged", "clock")
