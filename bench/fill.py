"""Fills a database with cases (`bench.fill DATABASE SIZE`) and tells, as JSON, what can be asked of it.

Ten years of cases in sets: nine in ten closed, the open ones mostly recent. One unit has most of them, one
district and one state too, so that a filtered page is full at either size. Texts come from a vocabulary whose
word frequencies fall as in a language, so that a word's share of the cases is the same at either size.
"""

import itertools
import json
import random
from concurrent.futures import ThreadPoolExecutor

import psycopg

from bench import ground
from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Account
from sekata.kernel.search import actions as search
from sekata.kernel.units.models import Area, Unit
from sekata.lib.actor import Actor
from sekata.lib.workflow import Phase
from sekata.site.registry import REGISTRY

WORDS = """
    sungai sampah limbah asap bau ikan air hitam pabrik kebun sawit jalan desa warga malam pagi bakar lahan
    kolam hutan kanal gambut debu truk bising sumur keruh busa minyak plastik pasar drainase banjir longsor
    tambang pasir kabut ternak ayam kandang pipa bocor tumpah cerobong getaran semprot racun mati anak
    sekolah rumah masjid jembatan muara tepian dermaga kapal bongkar muat timbun urug galian parit
    irigasi sawah padi
"""
SYLLABLES = "babebudadidugagikakekulalilumamimunanipapirarirusasisutatituwaya"
VOCABULARY = 20_000
SENTENCES, WORDS_OF_ONE = 40_000, 8
COMMON_TITLES, OWN_TITLES = 24, 20_000
OPEN = (Phase.OPEN, Phase.WAITING, Phase.ANSWERED)
TABLES = ("cases_case", "cases_timer", "search_searchdocument")

CASES = """
    INSERT INTO cases_case (id, workflow, number, tracking, title, version, state, priority, unit_id,
        holder_id, area, received_at, due_at, due_clock, paused_at, closed_at)
    SELECT %(first)s + n, %(workflow)s, 'BEN-1405-' || year || '-' || serial,
        md5(n::text) || md5(year::text || n), 'Laporan ' || serial, 3,
        CASE WHEN opened THEN (%(open)s::text[])[1 + floor(%(opens)s * r1 ^ 2.6)::int]
             ELSE (%(closed)s::text[])[1 + floor(%(closes)s * r1 ^ 2)::int] END,
        CASE WHEN r2 < 0.6 THEN 3 WHEN r2 < 0.8 THEN 4 WHEN r2 < 0.95 THEN 2 ELSE 1 END,
        CASE WHEN r3 < 0.6 THEN %(desk)s ELSE (%(units)s::bigint[])[1 + floor(%(many)s * r4)::int] END,
        CASE WHEN r4 < 0.1 THEN %(officer)s END,
        (%(villages)s::text[])[1 + floor(%(places)s * r5 ^ 2.2)::int], received,
        CASE WHEN opened THEN now() + (r6 * 75 - 30) * interval '1 day' ELSE '9999-12-31 00:00Z' END,
        CASE WHEN opened THEN 'total' ELSE '' END,
        CASE WHEN opened AND r1 > 0.98 THEN received END,
        CASE WHEN NOT opened THEN received + (1 + r6 * 40) * interval '1 day' END
    FROM (
        SELECT n, r1, r2, r3, r4, r5, r6, 2016 + (n - 1) / tenth AS year,
            lpad((1 + (n - 1) %% tenth)::text, 6, '0') AS serial,
            now() - interval '10 years' * (1 - n::float / %(size)s) AS received,
            CASE WHEN n > 0.9 * %(size)s THEN r0 < 0.9 ELSE r0 < 0.011 END AS opened
        FROM (
            SELECT n, %(size)s / 10 AS tenth, random() AS r0, random() AS r1, random() AS r2, random() AS r3,
                random() AS r4, random() AS r5, random() AS r6
            FROM generate_series(1, %(size)s) AS n
        ) AS dice
    ) AS plan
"""
TIMERS = """
    INSERT INTO cases_timer (case_id, code, amount, unit, since, due_at, paused, stopped_at)
    SELECT id, 'total', 30, 'workdays', received_at,
        CASE WHEN closed_at IS NULL THEN due_at ELSE received_at + interval '42 days' END, 0, closed_at
    FROM cases_case WHERE id > %(first)s
"""
DOCUMENTS = """
    INSERT INTO search_searchdocument
        (kind, ref, title, summary, url, public, unit, permission, at, words)
    SELECT 'case', number, number || ' ' || title.text, title.text, '/kerja/' || number || '/', false,
        unit, %(permission)s, now() - interval '10 years' * (1 - n::float / %(size)s),
        setweight(title.words || to_tsvector('indonesian', number), 'A')
            || setweight(one.words || two.words, 'B') || sekata_marks(n, false, unit, %(permission)s)
    FROM (
        SELECT n, year, serial,
            CASE WHEN r3 < 0.6 THEN %(desk)s ELSE (%(units)s::bigint[])[1 + floor(%(many)s * r4)::int] END AS unit,
            'BEN-1405-' || year || '-' || serial AS number,
            1 + floor(r5 * %(half)s)::int AS first, 1 + %(half)s + floor(r6 * %(half)s)::int AS second,
            1 + CASE WHEN r7 < 0.7 THEN floor(%(common)s * r1)
                     ELSE %(common)s + floor(%(own)s * r1) END::int AS headline
        FROM (
            SELECT n, (2016 + (n - 1) / (%(size)s / 10))::text AS year,
                lpad((1 + (n - 1) %% (%(size)s / 10))::text, 6, '0') AS serial, random() AS r1,
                random() AS r3, random() AS r4, random() AS r5, random() AS r6, random() AS r7
            FROM generate_series(1, %(size)s) AS n
        ) AS dice
    ) AS plan
    JOIN bench.line AS one ON one.id = first
    JOIN bench.line AS two ON two.id = second
    JOIN bench.title AS title ON title.id = headline
"""
STAGE = """
    CREATE SCHEMA bench;
    CREATE TABLE bench.line (id int PRIMARY KEY, text text, words tsvector);
    CREATE TABLE bench.title (id int PRIMARY KEY, text text, words tsvector);
"""


def main(name: str, count: str) -> None:
    size = int(count)
    officer, handle, stranger = officers()
    world = plan(officer, size)
    url = ground.server().url(name, "postgres")
    with connect(url) as connection:
        indexes = drop_indexes(connection)
        stage(connection)
    with ThreadPoolExecutor(2) as both:
        for done in [
            both.submit(fill, url, world, [CASES, TIMERS]),
            both.submit(fill, url, world, [DOCUMENTS]),
        ]:
            done.result()
        list(both.map(lambda index: execute(url, index), sorted(indexes, key=lambda one: "gin" not in one)))
    with connect(url) as connection:
        connection.execute(f"SELECT setval('cases_case_id_seq', {world['first'] + size + 1})")
        for table in TABLES:
            connection.execute(f"VACUUM ANALYZE {table}")
        connection.execute("DROP SCHEMA bench CASCADE; CHECKPOINT")
    search.know_permissions({world["permission"]})
    search.learn()
    asked = {
        "handle": handle,
        "stranger": stranger,
        "workflow": world["workflow"],
        "states": [world["open"][0], world["open"][-1]],
        "districts": [world["villages"][0][:8], world["villages"][-1][:8]],
    }
    print(json.dumps(asked))


def officers() -> tuple[Actor, str, str]:
    """The officer who sees cases of most units, the name to sign in, and the name of one who sees none."""
    accounts = Account.objects.select_related("person").filter(person__isnull=False).order_by("username")
    known = [(people.actor(account.person, REGISTRY.roles), account.username) for account in accounts]
    at_work = sorted((pair for pair in known if pair[0].is_officer), key=lambda pair: reach(pair[0]))
    return *at_work[-1], at_work[0][1]


def reach(actor: Actor) -> tuple[int, int]:
    """In how many units an officer sees cases, and how much he or she may do there."""
    return len(actor.units_with("cases.see")), sum(len(holding.permissions) for holding in actor.holdings)


def plan(officer: Actor, size: int) -> dict[str, object]:
    """The values of all statements. The officer's own desk gets most cases, all other offices the rest."""
    workflow = max(REGISTRY.workflows.values(), key=lambda one: len(one.states))
    seen = officer.units_with("cases.see")
    desk = max(seen)
    units = list(
        Unit.objects.filter(active_to=None).exclude(pk=desk).order_by("pk").values_list("pk", flat=True)
    )
    villages = list(
        Area.objects.filter(level="village", valid_to=None).order_by("code").values_list("code", flat=True)
    )
    permission = next(
        p
        for holding in officer.holdings
        for p in sorted(holding.permissions, reverse=True)
        if p.endswith(".see")
    )
    opened, closed = workflow.in_phase(*OPEN), workflow.in_phase(Phase.CLOSED)
    return {
        "first": 10**9, "size": size, "workflow": workflow.code, "officer": officer.person, "desk": desk,
        "open": list(opened), "opens": len(opened), "closed": list(closed), "closes": len(closed),
        "units": units, "many": len(units), "villages": villages, "places": len(villages),
        "permission": permission,
        "half": SENTENCES // 2, "common": COMMON_TITLES, "own": OWN_TITLES,
    }  # fmt: skip


def connect(url: str) -> psycopg.Connection:
    """As the server's owner, without triggers and foreign keys, with room for building indexes."""
    connection = psycopg.connect(url, autocommit=True)
    connection.execute(
        "SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; SELECT setseed(0.1405)"
    )
    return connection


def execute(url: str, sql: str) -> None:
    with connect(url) as connection:
        connection.execute(sql)


def fill(url: str, world: dict[str, object], statements: list[str]) -> None:
    with psycopg.ClientCursor(connect(url)) as cursor:
        for statement in statements:
            cursor.execute(statement, world)
        cursor.connection.close()


def drop_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop the indexes that guard nothing; how to make them again."""
    rows = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique",
        [list(TABLES)],
    ).fetchall()
    for index, _ in rows:
        connection.execute(f"DROP INDEX {index}")
    return [definition for _, definition in rows]


def stage(connection: psycopg.Connection) -> None:
    """Sentences and titles with their lexemes, to be put together in sets."""
    dice = random.Random(1405)  # noqa: S311 - the same in every run
    words = vocabulary(dice)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def say(length: int) -> str:
        return " ".join(dice.choices(words, cum_weights=weights, k=length))

    connection.execute(STAGE)
    with connection.cursor() as cursor, cursor.copy("COPY bench.line (id, text) FROM STDIN") as copy:
        for serial in range(1, SENTENCES + 1):
            copy.write_row((serial, say(WORDS_OF_ONE)))
    with connection.cursor() as cursor, cursor.copy("COPY bench.title (id, text) FROM STDIN") as copy:
        for serial in range(1, COMMON_TITLES + OWN_TITLES + 1):
            copy.write_row((serial, say(4).capitalize()))
    connection.execute("UPDATE bench.line SET words = to_tsvector('indonesian', text)")
    connection.execute("UPDATE bench.title SET words = to_tsvector('indonesian', text)")
    connection.execute("VACUUM ANALYZE bench.line")
    connection.execute("VACUUM ANALYZE bench.title")


def vocabulary(dice: random.Random) -> list[str]:
    """Real words first, then invented ones, all different."""
    words = dict.fromkeys(WORDS.split())
    syllables = [SYLLABLES[i : i + 2] for i in range(0, len(SYLLABLES), 2)]
    while len(words) < VOCABULARY:
        words.setdefault("".join(dice.choices(syllables, k=dice.randint(3, 4))))
    return list(words)
