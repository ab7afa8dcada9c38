"""WhatsApp: the pure course of the talk, and the webhook that files what came of it."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as some

from sekata.kernel.notify import actions as notify
from sekata.kernel.notify.models import Conversation, Message
from sekata.kernel.people import vault
from sekata.kernel.people.models import Vault
from sekata.lib.result import Refused
from sekata.pillars.environment.complaints import tables
from sekata.pillars.environment.complaints.actions import whatsapp as actions
from sekata.pillars.environment.complaints.models import Complaint
from sekata.pillars.environment.complaints.standards import spoken_time, whatsapp, whatsapp_talk
from sekata.pillars.environment.complaints.standards.whatsapp_talk import Incoming, World, talk, villages_like
from sekata.pillars.environment.complaints.tests.conftest import VILLAGE, wib

NOW = wib("2026-04-29 10:00")
PEER = "6281234567890"
WHAT = "Air sungai hitam dan berbau, ikan mengapung di tepi."
PIN = Incoming(point=(0.39421, 101.84378))
VILLAGES = {
    "14.05.02.1008": "Pangkalan Kerinci Kota",
    "14.05.02.2001": "Kuala Terusan",
    "14.05.03.2001": "Sorek Satu",
}
WORLD = World(
    services=tables.seed_rows(tables.SERVICE_TYPE),
    villages=VILLAGES,
    reaches=lambda lat, lon: -0.6 <= lat <= 0.9 and 101 <= lon <= 103.2,
    media={code: tuple(row["media"]) for code, row in tables.seed_rows(tables.MEDIA_OF_GROUP).items()},
    at=NOW,
)


def say(*messages, state=None):
    """The turns of a talk in which these messages come in."""
    turns, state = [], state or {}
    for message in messages:
        turn = talk(state, message if isinstance(message, Incoming) else Incoming(text=message), WORLD)
        turns.append(turn)
        state = turn.state
    return turns


# --- the pure course


def test_a_talk_from_greeting_to_sending():
    turns = say("halo", "1", "1", PIN, WHAT, "kemarin", "3", "kirim")
    asked = [turn.reply for turn in turns]
    assert "STOP" in asked[0] and "1. Air" in asked[0]
    assert "1. Sungai atau danau" in asked[1] and "Di mana" in asked[2] and "Apa yang terjadi" in asked[3]
    assert "Kapan" in asked[4] and "3. Tanpa nama" in asked[5]
    assert WHAT in asked[6] and "28 April 2026" in asked[6] and "KIRIM" in asked[6]
    assert turns[-1].done == "send"
    state = turns[-1].state
    assert (state["service"], state["mode"], state["media"], state["point"]) == (
        "W01",
        "anonymous",
        ["water"],
        [0.39421, 101.84378],
    )


def test_a_village_instead_of_a_pin_asks_for_a_landmark():
    turns = say("halo", "1", "1", "kerinci", "hilir jembatan", WHAT, "hari ini", "2")
    assert "Pangkalan Kerinci Kota" in turns[3].reply and "patokan" in turns[3].reply
    assert (turns[4].state["village"], turns[4].state["where"]) == (VILLAGE, "hilir jembatan")
    assert "hilir jembatan, Pangkalan Kerinci Kota" in turns[-1].reply


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Sorek Satu", ["14.05.03.2001"]),
        ("desa sorek satu", ["14.05.03.2001"]),
        ("kuala terusn", ["14.05.02.2001"]),
        ("sorek", ["14.05.03.2001"]),
        ("jakarta", []),
        ("", []),
    ],
)
def test_villages_are_found_through_typing_errors(typed, found):
    assert villages_like(typed, VILLAGES) == found


def test_several_villages_become_a_numbered_list():
    world = World(WORLD.services, {"a": "Sungai Ara", "b": "Sungai Buluh"}, WORLD.reaches, WORLD.media, NOW)
    state = {"step": "place", "group": "water", "service": "W01"}
    turn = talk(state, Incoming(text="sungai"), world)
    assert "1. Sungai Ara" in turn.reply and "2. Sungai Buluh" in turn.reply
    assert talk(turn.state, Incoming(text="2"), world).state["village"] == "b"
    assert talk(turn.state, Incoming(text="Sungai Ara"), world).state["village"] == "a"


def test_a_name_is_a_secret_and_never_in_the_state():
    turns = say("halo", "1", "1", PIN, WHAT, "kemarin", "1", "Nurlela Sari")
    assert turns[-1].secrets == {"name": "Nurlela Sari"}
    assert "Nurlela" not in json.dumps(turns[-1].state) + turns[-1].reply


def test_a_pin_and_photos_may_come_at_any_moment():
    turns = say(Incoming(image="m1"), PIN, "1", "1", WHAT, Incoming(image="m2", text="foto"), "kemarin", "3")
    assert turns[-1].state["images"] == ["m1", "m2"] and turns[-1].state["step"] == "summary"
    assert "Foto: 2" in turns[-1].reply
    many = say(*(Incoming(image=f"m{n}") for n in range(14)))[-1]
    assert len(many.state["images"]) == 10 and "Paling banyak" in many.reply


@pytest.mark.parametrize("step", range(7))
def test_stop_ends_and_forgets_wherever_it_comes(step):
    so_far = ["halo", "1", "1", PIN, WHAT, "kemarin", "3"][: step + 1]
    turn = say(*so_far, "Stop.")[-1]
    assert (turn.state, turn.done) == ({}, "stop") and "dihapus" in turn.reply


def test_ulang_begins_anew_and_keeps_the_submission():
    turn = say("halo", "1", "1", "ulang", state={"submission": "s"})[-1]
    assert turn.state == {"submission": "s", "step": "group"}


def test_an_officer_can_be_asked_for_and_takes_over():
    asked = say("halo", "petugas")[-1]
    assert asked.state["wants_officer"] and "petugas" in asked.reply.casefold() and "1. Air" in asked.reply
    led = talk({**asked.state, "officer": 5}, Incoming(text="kapan datang?"), WORLD)
    assert "petugas" in led.reply and talk(led.state, Incoming(text="halo?"), WORLD).reply == ""
    assert talk({**asked.state, "officer": 5}, Incoming(text="STOP"), WORLD).done == "stop"


@pytest.mark.parametrize(
    ("so_far", "said", "hint"),
    [
        (["halo"], "air", "nomor"),
        (["halo"], "99", "nomor"),
        (["halo", "1"], "x", "nomor"),
        (["halo", "1", "1"], "Atlantis", "tidak kami kenal"),
        (["halo", "1", "1"], Incoming(point=(-6.2, 106.8)), "di luar kabupaten"),
        (["halo", "1", "1", "sorek satu"], "x", "patokan"),
        (["halo", "1", "1", PIN], "hitam", "20"),
        (["halo", "1", "1", PIN], "x" * 4001, "4000"),
        (["halo", "1", "1", PIN, WHAT], "entah", "tidak kami pahami"),
        (["halo", "1", "1", PIN, WHAT], "30-12-2026", "di depan"),
        (["halo", "1", "1", PIN, WHAT, "kemarin"], "rahasia", "1, 2, atau 3"),
        (["halo", "1", "1", PIN, WHAT, "kemarin", "1"], "N", "nama lengkap"),
        (["halo", "1", "1", PIN, WHAT, "kemarin", "3"], "oke", "KIRIM"),
    ],
)
def test_unknown_words_get_a_helpful_sentence_and_the_question_again(so_far, said, hint):
    before = say(*so_far)[-1]
    turn = talk(before.state, said if isinstance(said, Incoming) else Incoming(text=said), WORLD)
    assert hint in turn.reply and turn.state["step"] == before.state["step"]


def test_what_is_affected_is_asked_where_the_type_does_not_say():
    groups = say("halo")[0].reply
    number = next(line.split(".")[0] for line in groups.splitlines() if line.endswith("Lainnya"))
    turns = say("halo", number, PIN, WHAT, "kemarin", "3")
    assert "Apa yang terdampak?" in turns[4].reply and turns[5].state["media"] == ["air"]


ANYTHING = some.one_of(
    some.text(max_size=40).map(lambda text: Incoming(text=text)),
    some.sampled_from(
        ["1", "2", "3", "9", "kirim", "stop", "ulang", "petugas", "kemarin", WHAT, "sorek satu"]
    ).map(lambda text: Incoming(text=text)),
    some.tuples(some.floats(-90, 90), some.floats(-180, 180)).map(lambda point: Incoming(point=point)),
    some.just(PIN),
    some.text(min_size=1, max_size=8).map(lambda key: Incoming(image=key)),
    some.just(Incoming()),
)


@given(some.lists(ANYTHING, max_size=25))
@hypothesis(max_examples=300)
def test_any_sequence_of_messages_is_answered_and_its_state_is_json(messages):
    state = {}
    for message in messages:
        turn = talk(state, message, WORLD)
        assert turn.reply or turn.done == "send"
        assert turn.done != "send" or {"service", "what", "when", "mode"} <= set(turn.state)
        state = {} if turn.done else json.loads(json.dumps(turn.state))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hari ini", "2026-04-29 10:00"),
        ("tadi pagi", "2026-04-29 10:00"),
        ("tadi malam", "2026-04-28 10:00"),
        ("Kemarin.", "2026-04-28 10:00"),
        ("2 hari lalu", "2026-04-27 10:00"),
        ("tiga jam yang lalu", "2026-04-29 07:00"),
        ("29-04-2026", "2026-04-29 10:00"),
        ("28/4", "2026-04-28 12:00"),
        ("1 Maret 2026", "2026-03-01 12:00"),
        ("2026-04-01", "2026-04-01 12:00"),
    ],
)
def test_times_as_people_say_them(said, meant):
    assert spoken_time.parse_when(said, NOW) == wib(meant)


@pytest.mark.parametrize("said", ["", "entah", "31/2", "45 april", "1 bukan 2026", "1/1/9999"])
def test_what_is_no_time_is_none(said):
    assert spoken_time.parse_when(said, NOW) is None


# --- the webhook


class Phone:
    """A reporter's phone behind a gateway."""

    def __init__(self, client, clock):
        self.client, self.clock, self.count = client, clock, 0

    def send(self, *messages, at=NOW, secret=None, key=None):
        response = None
        for message in messages:
            self.count += 1
            body = {"id": key or f"wamid.{self.count}", "from": PEER} | self._part(message)
            headers = {"X-Gateway-Secret": secret or settings.SEKATA.secret("gateway_whatsapp")}
            with self.clock(at):
                response = self.client.post("/hooks/whatsapp", body, "application/json", headers=headers)
        return response

    def _part(self, message) -> dict:
        if isinstance(message, Incoming) and message.point:
            lat, lon = message.point
            return {"type": "location", "location": {"latitude": lat, "longitude": lon}}
        if isinstance(message, Incoming):
            return {"type": "image", "image": {"media_id": message.image}}
        return {"type": "text", "text": {"body": message}}


@pytest.fixture
def phone(client, clock, regency) -> Phone:
    return Phone(client, clock)


def deliver_all() -> None:
    for message in Message.objects.filter(state=Message.QUEUED).order_by("pk"):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT args FROM procrastinate_jobs WHERE task_name = 'notify.deliver'"
                " AND args->>'message' = %s",
                [str(message.uuid)],
            )
            notify.deliver(**json.loads(cursor.fetchone()[0]))


TALK = ("halo", "1", "1", PIN, Incoming(image="media-1"), WHAT, "kemarin")


@pytest.mark.django_db
def test_r2_an_anonymous_talk_becomes_a_case_and_its_address_dies_with_the_code(phone):
    phone.send(*TALK, "3", "KIRIM")
    complaint = Complaint.objects.select_related("case").get()
    assert (complaint.channel, complaint.service_code, complaint.case.state) == (
        "whatsapp",
        "W01",
        "received",
    )
    assert complaint.description == WHAT and complaint.identity is None
    assert complaint.external_refs == [{"system": "whatsapp_media", "id": "media-1"}]
    assert not Conversation.objects.exists()
    receipt = Message.objects.get(template="complaints.receipt")
    assert receipt.case is None and "${code}" in receipt.body and Vault.objects.count() == 1
    deliver_all()
    receipt.refresh_from_db()
    assert receipt.state == "sent" and receipt.foreign_hash and Vault.objects.count() == 0


@pytest.mark.django_db
def test_r2_nothing_in_any_table_names_the_anonymous_sender(phone):
    phone.send(*TALK, "3", "KIRIM")
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ~ %s', ["81234567890"])
            assert cursor.fetchone()[0] == 0, table


@pytest.mark.django_db
def test_a_named_talk_keeps_name_and_number_in_the_vault_alone(phone):
    phone.send(*TALK, "1", "Nurlela Sari", "KIRIM")
    deliver_all()
    complaint = Complaint.objects.select_related("identity").get()
    assert complaint.reporter_mode == "named"
    assert vault.use(complaint.identity) == {"name": "Nurlela Sari", "phone": "+6281234567890"}
    assert "Nurlela" not in str(list(Message.objects.values())) + str(list(Conversation.objects.values()))


@pytest.mark.django_db
def test_a_replay_of_the_same_message_changes_nothing(phone):
    assert phone.send("halo", key="wamid.X").json() == {"status": "accepted"}
    assert phone.send("1", key="wamid.X").json() == {"status": "repeated"}
    assert Message.objects.count() == 1
    assert Conversation.objects.get().state["step"] == "group"


@pytest.mark.django_db
def test_stop_forgets_the_talk_and_its_last_answer_forgets_the_address(phone):
    phone.send("halo", "1", "STOP")
    assert not Conversation.objects.exists()
    deliver_all()
    assert Vault.objects.count() == 0 and Message.objects.latest("pk").state == "sent"


@pytest.mark.django_db
def test_every_message_is_answered_and_a_dollar_stays_a_dollar(phone):
    phone.send("halo", "1", "1", "jalan ${phone} $5")
    assert Message.objects.count() == 4 and "${text}" not in Message.objects.latest("pk").body
    phone.send(PIN, "Air hitam berbau ${phone} seharga $$ di tepi sungai", "kemarin", "3")
    body = Message.objects.latest("pk").body
    assert "$${phone}" in body and "seharga $$$$" in body


@pytest.mark.django_db
def test_what_the_room_refuses_at_last_is_said_and_nothing_is_half_done(phone):
    phone.send(*TALK, "3")
    running = Conversation.objects.get()
    running.state["service"] = "X99"
    running.save()
    phone.send("KIRIM")
    assert Complaint.objects.count() == 0 and "X99" in Message.objects.latest("pk").body
    assert Conversation.objects.exists()


@pytest.mark.django_db
def test_the_gateway_must_know_the_secret(phone):
    assert phone.send("halo", secret="wrong").status_code == 403
    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"id": "1"}',
        b'{"id": "1", "from": "x", "type": "text"}',
        b'{"id": 5, "from": "62812"}',
        b'{"id": "1", "from": "6281234567890", "type": "location", "location": {"latitude": "x"}}',
        b'{"id": "1", "from": "62812345678", "type": "location", "location": {"latitude": 1e999}}',
    ],
)
def test_nonsense_is_refused(client, regency, body):
    headers = {"X-Gateway-Secret": settings.SEKATA.secret("gateway_whatsapp")}
    assert client.post("/hooks/whatsapp", body, "application/json", headers=headers).status_code == 400
    assert client.get("/hooks/whatsapp").status_code == 405


@given(
    some.recursive(
        some.none() | some.text() | some.floats() | some.integers(),
        lambda inner: (
            some.lists(inner)
            | some.dictionaries(
                some.sampled_from(["id", "from", "type", "text", "body", "location", "latitude"]), inner
            )
        ),
    )
)
def test_any_json_is_read_or_refused(told):
    try:
        whatsapp.parse(json.dumps(told).encode())
    except Refused as refusal:
        assert refusal.status == 400


@pytest.mark.django_db
def test_an_officer_takes_over_answers_and_hands_back(phone, regency, clock):
    phone.send("halo", "petugas")
    running = Conversation.objects.get()
    with pytest.raises(Refused):
        actions.reply(actor=regency.intake, talk=running, text="Selamat pagi")
    actions.take_over(actor=regency.intake, talk=running, at=NOW)
    actions.reply(actor=regency.intake, talk=running, text="Selamat pagi, ada yang bisa dibantu?", at=NOW)
    phone.send("kapan petugas datang?", at=NOW + timedelta(minutes=1))
    running.refresh_from_db()
    assert [(one["by"], one["text"]) for one in running.state["thread"]][-3:] == [
        ("officer", "Selamat pagi, ada yang bisa dibantu?"),
        ("person", "kapan petugas datang?"),
        ("bot", whatsapp_talk.HANDED),
    ]
    actions.hand_back(actor=regency.intake, talk=running, at=NOW)
    running.refresh_from_db()
    assert "1. Air" in running.state["thread"][-1]["text"]
    phone.send("1")
    running.refresh_from_db()
    assert running.state["step"] == "type" and "officer" not in running.state
    with pytest.raises(Refused):
        actions.take_over(actor=regency.inspector, talk=running, at=NOW)


@pytest.mark.django_db
def test_a_talk_left_alone_for_a_day_is_forgotten(phone, clock):
    phone.send("halo", "1")
    with clock(NOW + timedelta(days=1, minutes=1)):
        assert notify.sweep_conversations() == 1
    assert not Conversation.objects.exists() and Vault.objects.count() == 0
