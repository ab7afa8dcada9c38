"""Writing people: registration, roles, acting officers, assisted service, one's own data, mandates, merges."""

from sekata.kernel.people.actions.assisted import ASSIST, end_assisted, start_assisted
from sekata.kernel.people.actions.codes import (
    PROVED,
    SPENT,
    WRONG,
    Issued,
    prove_code,
    prove_contact,
    send_code,
)
from sekata.kernel.people.actions.decrees import APPROVE_DECREE, ENTER_DECREE, approve_decree, enter_decree
from sekata.kernel.people.actions.mandates import (
    accept_mandate,
    give_mandate,
    revoke_mandate,
    use_mandate,
)
from sekata.kernel.people.actions.matching import match_person
from sekata.kernel.people.actions.merges import MERGE, approve_merge, end_merge, propose_merge
from sekata.kernel.people.actions.persons import REGISTER, register, verify
from sekata.kernel.people.actions.privacy import (
    RIGHTS_DESK,
    SELF,
    answer_consent,
    answer_request,
    close_account,
    note_export,
    request_right,
    take_request,
)
from sekata.kernel.people.actions.roles import GRANT, certify, end_grant, grant, suspend_uncertified
from sekata.kernel.people.actions.upkeep import forgive, note_failure, retry_matches, sweep_attempts
from sekata.kernel.people.queries import conflict_pairs
