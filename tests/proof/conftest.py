"""How long the proof runs: short with the tests, `nightly` ten times as long, `mutants` without shrinking.

pytest tests/proof --hypothesis-profile nightly
"""

from hypothesis import HealthCheck, Phase, settings

PATIENT = settings(
    deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("nightly", PATIENT)
settings.register_profile("mutants", PATIENT, phases=[Phase.generate])


def pace(examples: int) -> settings:
    """So many examples: the same ones at every run, or in the night ten times as many new ones."""
    profile = settings.get_current_profile_name()
    if profile == "nightly":
        return settings(PATIENT, max_examples=10 * examples)
    phases = settings.get_profile(profile).phases
    return settings(PATIENT, max_examples=examples, derandomize=True, phases=phases)


def by_day_or_night(day: int, night: int) -> int:
    return night if settings.get_current_profile_name() == "nightly" else day
