"""Mandates in words."""

from sekata.kernel.people.models import Delegation
from sekata.site.registry import REGISTRY


def scope_words(mandate: Delegation) -> str:
    """The systems that a mandate names, as people call them."""
    labels = {system.code: system.label for system in REGISTRY.systems}
    return ", ".join(labels.get(code, code) for code in mandate.scope)
