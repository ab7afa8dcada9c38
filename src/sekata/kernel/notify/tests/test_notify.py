"""Messages: rows first, sent later, never lost, forgotten when they must be."""

import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection

from sekata.kernel.notify import actions, channels, queries
from sekata.kernel.notify.models import Message
from sekata.kernel.people import vault
from sekata.kernel.people.models import Vault
from sekata.kernel.reference import actions as reference
from sekata.lib.manifest import Row, Table

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 29, 3, 0, tzinfo=UTC)
WORDS = Table(
    "notify.template", "", {},
    (Row("t.hello/id", {"subject": "Nomor ${number}", "body": "Kode ${code} untuk ${number}"}),
     Row("t.hello/en", {"subject": "Number ${number}", "body": "Code ${code}"})),
)  # fmt: skip


@pytest.fixture(autouse=True)
def words():
    reference.sow([WORDS], AT)


def queued(channel: str = "email", forget: bool = False, **secrets: str) -> Message:
    key = vault.put({"email": "nurlela@example.org", "phone": "+62812", "code": "K7Q29"} | secrets, AT)
    return actions.send(
        template="t.hello",
        facts={"number": "PLH-1"},
        channel=channel,
        secret=key,
        case=7,
        forget=forget,
        at=AT,
    )


def test_the_code_is_filled_in_only_when_the_message_leaves():
    message = queued()
    assert message.body == "Kode ${code} untuk PLH-1" and message.state == "queued"
    actions.deliver(str(message.uuid))
    assert mail.outbox[0].body == "Kode K7Q29 untuk PLH-1"
    message.refresh_from_db()
    assert message.state == "sent" and "K7Q29" not in message.body


def test_a_forgotten_address_is_gone_after_sending():
    message = queued(forget=True)
    actions.deliver(str(message.uuid), forget=True)
    message.refresh_from_db()
    assert (message.state, message.secret, Vault.objects.count()) == ("sent", None, 0)


def test_delivering_twice_sends_once():
    message = queued()
    actions.deliver(str(message.uuid))
    actions.deliver(str(message.uuid))
    assert len(mail.outbox) == 1


def test_a_job_exists_for_every_queued_message():
    queued()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'notify.deliver'")
        assert cursor.fetchone()[0] == 1


class Gateway(BaseHTTPRequestHandler):
    """A gateway that fails twice, then takes the message."""

    calls: list = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.calls.append((self.headers["Idempotency-Key"], body))
        self.send_response(503 if len(self.calls) < 3 else 200)
        self.end_headers()
        self.wfile.write(b'{"id": "wamid.1"}' if len(self.calls) >= 3 else b"")

    def log_message(self, *args):
        return


@pytest.fixture
def gateway(settings):
    Gateway.calls = []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/"
    settings.SEKATA = SimpleNamespace(
        gateways={"whatsapp": url},
        secret=lambda name: "token",
        key=settings.SEKATA.key,
        data=settings.SEKATA.data,
    )
    yield url
    server.shutdown()
    thread.join()


def test_a_failing_gateway_is_tried_again_under_the_same_key(gateway):
    message = queued("whatsapp")
    states = []
    for _ in range(3):
        actions.deliver(str(message.uuid))
        message.refresh_from_db()
        states.append(message.state)
    assert states == ["failed", "failed", "sent"]
    assert len({key for key, _ in Gateway.calls}) == 1
    assert Gateway.calls[-1][1]["text"]["body"] == "Kode K7Q29 untuk PLH-1"


def test_after_eight_failures_it_is_given_up_visibly(monkeypatch):
    class Down:
        def send(self, *_):
            raise channels.NotSent("down")

    monkeypatch.setattr(actions, "adapter", lambda kind: Down())
    message = queued("whatsapp")
    for _ in range(actions.TRIES):
        actions.deliver(str(message.uuid))
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("dead", 8, "down")


def test_english_when_asked_indonesian_when_there_is_no_other():
    day = AT.date()
    assert queries.words("t.hello", "en", {"number": 1}, day)[0] == "Number 1"
    assert queries.words("t.hello", "jv", {"number": 1}, day)[0] == "Nomor 1"


def test_a_replayed_incoming_message_is_known():
    assert actions.first_time(channel="whatsapp", foreign="wamid.9", at=AT)
    assert not actions.first_time(channel="whatsapp", foreign="wamid.9", at=AT)


def test_the_box_is_written_in_one_statement(django_assert_max_num_queries):
    actions.tell_many(template="t.hello", facts={"number": 1}, people=[1], at=AT)
    with django_assert_max_num_queries(2):
        actions.tell_many(template="t.hello", facts={"number": 2}, people=range(1, 40), at=AT)
    assert queries.unread(1) == 2


def test_a_message_whose_address_was_erased_is_given_up():
    message = queued()
    vault.shred(message.secret)
    actions.deliver(str(message.uuid))
    message.refresh_from_db()
    assert message.state == "dead" and not mail.outbox
