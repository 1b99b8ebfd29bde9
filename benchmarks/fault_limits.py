"""Workers that have too little time or memory."""

from .fault_checks import finding, goes_on

CPU_SECONDS, MEMORY = 10, 640 * 2**20


def processor(lab):
    """limit_time_cpu=10, with a training that is too long at one attempt, and at all."""
    with lab.served(f"--limit-time-cpu={CPU_SECONDS}"):
        for attempts in (1, 3):
            with finding(lab, f"limit_time_cpu={CPU_SECONDS}, {attempts} too long") as found:
                number = None
                for _attempt in range(attempts):
                    lab.arm("mine", f"burn {4 * CPU_SECONDS}")
                    number = number or lab.ask("rules")[0]
                    found.promise("the worker came there", lab.sprung("mine"))
                state, error = goes_on(lab, found, number, extra=4 * CPU_SECONDS)
                wanted = "done" if attempts == 1 else "failed"
                found.promise(f"the run is {wanted}", state == wanted)
                if wanted == "failed":
                    found.promise("it names the setting", "limit_time_cpu" in error)
            yield found


def memory(lab):
    """An address space of 640 MiB for each worker."""
    with lab.served(f"--limit-memory-hard={MEMORY}"):
        with finding(lab, "address space of 640 MiB") as found:
            state, error = goes_on(lab, found, lab.ask("rules")[0])
            told = state == "done" or "limit_memory_hard" in error
            found.promise("it is done, or names the setting", told)
            # What is too little for this kind is so for the next one too.
            found.skipped = ""
            next_one = lab.ask("rules")[0]
            lab.ended(next_one)
        yield found
