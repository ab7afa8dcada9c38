"""Larger scales: the demonstration's cases copied in sets, shifted in time, with own numbers, codes and places."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

CASES = """
    INSERT INTO cases_case (workflow, number, tracking, title, state, version, priority, unit_id, holder_id, area,
                            lat, lon, received_at, due_at, due_clock, paused_at, closed_at)
    SELECT workflow,
           'PLH-1405-' || to_char(received_at - shift, 'YYYY') || '-'
               || lpad((%(first)s + row_number() OVER ())::text, 6, '0'),
           md5(random()::text || id) || md5(id || random()::text),
           title, state, version, priority, unit_id, holder_id, area,
           lat + (random() - 0.5) / 50, lon + (random() - 0.5) / 50, received_at - shift,
           CASE WHEN due_at > '9000-01-01' THEN due_at ELSE due_at - shift END, due_clock,
           paused_at - shift, closed_at - shift
    FROM (SELECT *, random() * interval '200 days' AS shift FROM cases_case
          WHERE workflow = 'complaints' AND merged_into_id IS NULL AND id <= %(last)s) AS original
    RETURNING id
"""
COPIES = """
    CREATE TEMPORARY TABLE copy ON COMMIT DROP AS
    SELECT c.id AS case_id, o.id AS original_id, c.received_at - o.received_at AS shift
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM cases_case WHERE id > %(before)s) AS c
    JOIN (SELECT *, row_number() OVER (ORDER BY id) AS place FROM cases_case
          WHERE workflow = 'complaints' AND merged_into_id IS NULL AND id <= %(last)s) AS o USING (place)
"""
REST = (
    """
    INSERT INTO complaints_incident (lead_id, kind, lat, lon, placed_by, opened_at, positions_reason)
    SELECT copy.case_id, i.kind, cases_case.lat, cases_case.lon, i.placed_by, cases_case.received_at, ''
    FROM copy JOIN cases_case ON cases_case.id = copy.case_id
    JOIN complaints_complaint o ON o.case_id = copy.original_id JOIN complaints_incident i ON i.id = o.incident_id
    """,
    """
    INSERT INTO complaints_complaint (case_id, submission, incident_id, channel, service_code, "group", description,
        public_text, incident_precision, first_seen_at, lat, lon, cell, point_source, address_text, village_code,
        media_affected, attributes, suspected_source_text, facility, desired_settlement, reporter_mode,
        competent_authority, authority_why, authority_manual, first_response, priority_why, finding, answer_text,
        published, external_refs, rejection, reopened, changed_at)
    SELECT copy.case_id, gen_random_uuid(), i.id, o.channel, o.service_code, o."group", o.description, o.public_text,
        o.incident_precision, o.first_seen_at + copy.shift, c.lat, c.lon, o.cell, o.point_source, o.address_text,
        o.village_code, o.media_affected, o.attributes, o.suspected_source_text, o.facility, o.desired_settlement,
        'anonymous', o.competent_authority, o.authority_why, o.authority_manual, o.first_response, o.priority_why,
        o.finding, o.answer_text, o.published, o.external_refs, o.rejection, o.reopened, o.changed_at + copy.shift
    FROM copy JOIN cases_case c ON c.id = copy.case_id JOIN complaints_complaint o ON o.case_id = copy.original_id
    JOIN complaints_incident i ON i.lead_id = copy.case_id
    """,
    """
    INSERT INTO cases_timer (case_id, code, amount, unit, since, due_at, paused, stopped_at)
    SELECT copy.case_id, code, amount, unit, since + shift, due_at + shift, paused, stopped_at + shift
    FROM copy JOIN cases_timer ON cases_timer.case_id = copy.original_id
    """,
    """
    INSERT INTO cases_step (case_id, at, transition, source, target, actor, reason, says)
    SELECT copy.case_id, at + shift, transition, source, target, actor, reason, says
    FROM copy JOIN cases_step ON cases_step.case_id = copy.original_id
    """,
    """
    INSERT INTO search_searchdocument (kind, ref, title, summary, url, public, unit, permission, words, at)
    SELECT 'complaint', c.id::text, c.title, '', '/kerja/?kasus=' || c.id, false, c.unit_id,
           'complaints.see',
           to_tsvector('indonesian', c.title || ' ' || o.description)
               || sekata_marks(c.id, false, c.unit_id, 'complaints.see'),
           c.received_at
    FROM copy JOIN cases_case c ON c.id = copy.case_id JOIN complaints_complaint o ON o.case_id = copy.case_id
    """,
)
LABEL = "Salinan peragaan / multiplied demonstration"


def multiply(scale: int, progress: Callable, at: datetime) -> int:
    """Add `scale` - 1 copies of all demonstration cases; how many cases were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM cases_case WHERE workflow = 'complaints'")
        last = cursor.fetchone()[0]
    made = 0
    for turn in range(scale - 1):
        progress(LABEL, turn, scale - 1)
        made += _once(last)
    progress(LABEL, scale - 1, scale - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case, cases_timer, complaints_complaint, search_searchdocument")
    return made


@transaction.atomic
def _once(last: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id), (SELECT coalesce(max(last), 0) FROM documents_series WHERE code = 'complaints') "
            "FROM cases_case"
        )
        before, first = cursor.fetchone()
        cursor.execute(CASES, {"first": first, "last": last})
        count = len(cursor.fetchall())
        cursor.execute(COPIES, {"before": before, "last": last})
        for statement in REST:
            cursor.execute(statement)
        cursor.execute("UPDATE documents_series SET last = last + %s WHERE code = 'complaints'", [count])
    return count
