"""No request breaks the machines' door, and every answer is the documented one (schemathesis)."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis import checks

from sekata.pillars.environment.wastebank.models import Deposit
from sekata.pillars.environment.wastebank.tests.conftest import NOW
from sekata.site.wsgi import application

SCHEMA = schemathesis.openapi.from_wsgi("/api/openapi.json", application).include(path_regex="/wastebank/")
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def house(unit, clock):
    """A bank with a device. Requests share the test's transaction, as those of Django's test client do."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    with clock(NOW):
        yield unit
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@SCHEMA.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_device_door(case, house):
    """Half of the calls present a key that is known, and name what the bank knows."""
    if len(str(case.body)) % 2:
        case.headers = {**(case.headers or {}), "X-Device-Key": house.key}
    if isinstance(case.body, dict) and isinstance(case.body.get("items"), list):
        case.body = case.body | {"device_id": house.device.pk}
        for place, item in enumerate(case.body["items"]):
            if isinstance(item, dict) and place % 2:
                item |= {
                    "customer": house.customer.number,
                    "weigher": house.officer.pk,
                    "price_list_version": 1,
                }
    case.call_and_validate(checks=CHECKS)
    assert not Deposit.objects.filter(gross__lt=0).exists()
