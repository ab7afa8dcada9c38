"""Tables of people. What must stay secret (NIK, contact of a confidential reporter) lies encrypted in the vault."""

from sekata.kernel.people.models.mandates import Delegation, Merge
from sekata.kernel.people.models.persons import (
    Account,
    Assignment,
    AssistedSession,
    Attempt,
    Employee,
    Identifier,
    Person,
    Position,
    RoleGrant,
    Vault,
    Verification,
)
from sekata.kernel.people.models.privacy import CodeGate, Consent, Match, OneTimeCode, RightsRequest
