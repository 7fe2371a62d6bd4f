"""How many examples the properties of the rules are tried with; a busy machine is no reason to fail."""

from hypothesis import HealthCheck, settings

settings.register_profile("calm", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")
