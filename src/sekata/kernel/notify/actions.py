"""Writing messages: a row and a job in the caller's transaction, so that a notice is never lost and never premature."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from string import Template
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from sekata.kernel import jobs
from sekata.kernel.notify import queries
from sekata.kernel.notify.channels import NotSent, adapter
from sekata.kernel.notify.models import Conversation, Incoming, Message
from sekata.kernel.people import vault
from sekata.kernel.people.models import Vault
from sekata.kernel.quick import insert
from sekata.lib import clock

ADDRESS = {"email": "email", "sms": "phone", "whatsapp": "phone"}
TRIES = 8
LONGEST_WAIT_MINUTES = 360
FORGET_AFTER = timedelta(days=1)
FORGET_IN_HAND_AFTER = timedelta(days=7)
IN_HAND = ["wants_officer", "officer"]
"""Keys of a talk's state that say a person is asked for or answers."""


def send(
    *,
    template: str,
    facts: Mapping[str, object],
    at: datetime,
    channel: str,
    secret: Vault | None = None,
    person: int | None = None,
    case: int | None = None,
    language: str = "id",
    forget: bool = False,
    enqueued: UUID | None = None,
) -> Message:
    """Queue one message to the address in `secret`, or into the box of `person`.

    What `secret` holds besides the address fills ${placeholders} of the text when it is sent, so that a tracking code
    never lies in a row. forget: the vault is destroyed after sending, and with it the address. enqueued: the uuid
    under which the caller has enqueued the delivery already.
    """
    subject, body = queries.words(template, language, dict(facts), at.astimezone(clock.WIB).date())
    message = Message(
        uuid=enqueued or uuid4(),
        template=template,
        language=language,
        channel=channel,
        person=person,
        case=case,
        secret=secret,
        subject=subject,
        body=body,
        state=Message.SENT if channel == "box" else Message.QUEUED,
        sent_at=at if channel == "box" else None,
        created_at=at,
    )
    insert(message)
    if channel != "box" and enqueued is None:
        jobs.defer("notify.deliver", message=str(message.uuid), forget=forget)
    return message


def tell_many(
    *,
    template: str,
    facts: Mapping[str, object],
    people: Iterable[int],
    at: datetime,
    case: int | None = None,
) -> None:
    """Put one message into the boxes of several officers in a single statement."""
    subject, body = queries.words(template, "id", dict(facts), at.astimezone(clock.WIB).date())
    Message.objects.bulk_create(
        Message(
            template=template,
            channel="box",
            person=person,
            case=case,
            subject=subject,
            body=body,
            state=Message.SENT,
            sent_at=at,
            created_at=at,
        )
        for person in people
    )


@transaction.atomic
def deliver(message: str, forget: bool = False, drop: str = "") -> None:
    """Job: hand a queued message (its uuid) to its channel; try again with growing pauses, give up visibly after eight
    times. drop: a value that leaves the vault once it has been sent.
    """
    row = (
        Message.objects.select_related("secret").select_for_update(of=("self",)).filter(uuid=message).first()
    )
    if row is None or row.state in (Message.SENT, Message.DEAD):
        return
    if row.secret is None:
        row.state, row.error = Message.DEAD, "alamatnya sudah dihapus"
        row.save(update_fields=["state", "error"])
        return
    secrets = vault.use(row.secret)
    address, body = secrets[ADDRESS[row.channel]], Template(row.body).safe_substitute(secrets)
    try:
        foreign = adapter(row.channel).send(address, row.subject, body, str(row.uuid))
    except NotSent as failure:
        _try_later(row, str(failure), forget=forget, drop=drop)
        return
    row.state, row.sent_at, row.attempts, row.error = Message.SENT, clock.now(), row.attempts + 1, ""
    row.foreign_hash = vault.lookup("message", foreign)
    row.save()
    if forget:
        vault.shred(row.secret)
    elif drop:
        vault.remove(row.secret, drop)


def _try_later(row: Message, error: str, **how: object) -> None:
    row.attempts += 1
    row.error = error[:200]
    row.state = Message.DEAD if row.attempts >= TRIES else Message.FAILED
    row.save(update_fields=["attempts", "error", "state"])
    if row.state == Message.FAILED:
        wait = timedelta(minutes=min(2**row.attempts, LONGEST_WAIT_MINUTES))
        jobs.defer("notify.deliver", at=clock.now() + wait, message=str(row.uuid), **how)


def mark_read(*, person: int, message: int, at: datetime) -> None:
    """Note when a person first read a message of their own box; one already read or another's stays as it is."""
    Message.objects.filter(pk=message, person=person, read_at=None).update(read_at=at)


def first_time(*, channel: str, foreign: str, at: datetime) -> bool:
    """Whether this incoming message is new; a replay (same foreign id) is not."""
    hashed = vault.lookup("message", foreign)
    try:
        with transaction.atomic():
            Incoming.objects.create(channel=channel, foreign_hash=hashed, received_at=at)
    except IntegrityError:
        return False
    return True


def conversation(*, channel: str, peer: str, room: str, at: datetime) -> Conversation:
    """The running talk with this peer (address), or a new one led by `room`."""
    talk, new = Conversation.objects.get_or_create(
        channel=channel, peer=vault.lookup(channel, peer), defaults={"room": room, "updated_at": at}
    )
    if new:
        talk.secret = vault.put({"phone": peer}, at)
        talk.save(update_fields=["secret"])
    return talk


def hold_conversation(pk: int) -> Conversation | None:
    """A talk as it is now, held until the transaction ends: a message and an officer's act may come at once."""
    rows = Conversation.objects.select_related("secret").select_for_update(of=("self",))
    return rows.filter(pk=pk).first()


def forget_conversation(talk: Conversation) -> None:
    """End a talk: its state and the peer's address are gone."""
    if talk.secret_id:
        vault.shred(talk.secret)
    talk.delete()


def sweep_conversations(**_: object) -> int:
    """Hourly job: talks left alone for a day are forgotten; those that an officer has in hand after a week."""
    at = clock.now()
    left_alone = Q(updated_at__lt=at - FORGET_AFTER) & ~Q(state__has_any_keys=IN_HAND)
    rows = Conversation.objects.select_related("secret")
    stale = list(rows.filter(left_alone | Q(updated_at__lt=at - FORGET_IN_HAND_AFTER)))
    for talk in stale:
        forget_conversation(talk)
    return len(stale)
