"""Reading people: who acts, what they hold today, who has looked at whose data, what they decided about it."""

from sekata.kernel.people.models import (
    Account,
    Assignment,
    AssistedSession,
    Attempt,
    Delegation,
    Identifier,
    Merge,
    Person,
    RightsRequest,
    RoleGrant,
)
from sekata.kernel.people.queries.actors import ASSISTED, CAPACITY, MANDATE, actor, actor_for
from sekata.kernel.people.queries.capacities import Capacity, capacities, capacities_of
from sekata.kernel.people.queries.mandates import (
    duplicates,
    kinds_of,
    mandate_used,
    mandates_given,
    mandates_held,
    mandates_offered,
    merges,
)
from sekata.kernel.people.queries.offices import (
    Signature,
    acting_now,
    conflict_pairs,
    holders,
    holdings,
    posts_of,
    signature,
)
from sekata.kernel.people.queries.persons import (
    account_for,
    assisted_session,
    by_usernames,
    failures,
    looks_at,
    names,
    normal_handle,
    person_by_nik,
    resolve,
)
from sekata.kernel.people.queries.privacy import (
    Purpose,
    account_of,
    consent_history,
    consented,
    match_of,
    open_requests,
    purposes,
    rights_requests,
    stops_by,
)
