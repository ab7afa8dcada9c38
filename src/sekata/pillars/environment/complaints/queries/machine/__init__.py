"""What machines read: requests and updates for Open311 clients, open data, exports for officers."""

from sekata.pillars.environment.complaints.queries.machine.clients import client_of, clients, jurisdiction
from sekata.pillars.environment.complaints.queries.machine.features import (
    Features,
    extent,
    feature,
    features,
    geojson,
    village_features,
)
from sekata.pillars.environment.complaints.queries.machine.places import (
    DI_LUAR,
    check_point,
    check_village,
    noticed_village,
)
from sekata.pillars.environment.complaints.queries.machine.register import (
    MONTHLY,
    WORDS,
    monthly,
    packet_of,
    register,
    sp4n_rows,
    visits,
)
from sekata.pillars.environment.complaints.queries.machine.requests import (
    by_code,
    by_submission,
    one_request,
    picture,
    published_page,
    requests,
    services,
)
from sekata.pillars.environment.complaints.queries.machine.tickets import (
    known_tickets,
    own_numbers,
    ticket_submission,
)
from sekata.pillars.environment.complaints.queries.machine.updates import updates

__all__ = [name for name in dir() if not name.startswith("_")]
