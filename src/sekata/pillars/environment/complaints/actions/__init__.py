"""The verbs of the room, the only writers of its tables.

intake: filing, completing, supporting; review: telling what it is and whose; field: visits, minutes, samples, report;
ending: answering, resolving, closing, reopening; fire: hotspots and haze; upkeep: what the suite does by itself.
"""

from sekata.pillars.environment.complaints.actions import papers
from sekata.pillars.environment.complaints.actions.ending import (
    accept,
    answer,
    close_passed_on,
    close_reopened,
    close_silent,
    feed_back,
    finish_call_back,
    reopen,
    resolve,
)
from sekata.pillars.environment.complaints.actions.evidence import (
    KINDS,
    MOST_FILES,
    attach,
    check_blur,
    look_into,
    publish,
)
from sekata.pillars.environment.complaints.actions.field import (
    approve_report,
    arrive,
    declare_conflict,
    finish_follow_up,
    follow_up,
    hand_over,
    plan_verification,
    record_minutes,
    record_results,
    send_samples,
    sign_report,
    take_sample,
)
from sekata.pillars.environment.complaints.actions.filters import drop_filter, save_filter
from sekata.pillars.environment.complaints.actions.fire import check_ground, import_hotspots, record_air
from sekata.pillars.environment.complaints.actions.intake import (
    Filed,
    Filing,
    Reporter,
    answer_question,
    complete,
    file,
    support,
    tracking_code,
    withdraw,
)
from sekata.pillars.environment.complaints.actions.levels import second_line
from sekata.pillars.environment.complaints.actions.merging import compare, decline_merge, merge, unmerge
from sekata.pillars.environment.complaints.actions.monthly import issue_bulletin, issue_register
from sekata.pillars.environment.complaints.actions.referring import forward, record_referral_result, refer
from sekata.pillars.environment.complaints.actions.review import (
    ask,
    assess,
    assign,
    open_identity,
    override_authority,
    reject,
    request_details,
    second_rejection,
    send_back,
    set_facts,
    take_up,
)
from sekata.pillars.environment.complaints.actions.upkeep import (
    chase,
    escalate,
    forget,
    forget_identities,
    lapse,
    reassess,
)
from sekata.pillars.environment.complaints.actions.visits import finish_visit, record_checklist

__all__ = [name for name in dir() if not name.startswith("_")]
