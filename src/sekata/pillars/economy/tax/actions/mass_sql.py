"""The statements of the mass assessment: whole sets of objects at a time, exactly as `rules.landtax` computes one.

Each takes the objects whose id lies after `after` and up to `upto`, and leaves alone what is already done.
"""

CLASS_VALUE = """
    CASE WHEN {market} > %({kind}_top)s THEN {market}
         ELSE coalesce((%({kind}_values)s::bigint[])[width_bucket({market} - 1, %({kind}_lowers)s::bigint[])], 0) END
"""
LAND_CLASS = CLASS_VALUE.format(market="market_value::bigint", kind="land")
BUILDING_CLASS = CLASS_VALUE.format(market="b.market_value::bigint", kind="building")

NEXT = """
    SELECT max(id), count(*) FROM (
        SELECT id FROM tax_landobject WHERE id > %(after)s ORDER BY id LIMIT %(chunk)s
    ) AS next
"""

VALUE = f"""
    WITH chosen AS MATERIALIZED (
        SELECT o.id AS land_id, o.nop, v.id AS version_id, v.taxpayer_id, v.use, v.land_kind, v.land_area, v.zone
        FROM tax_landobject AS o CROSS JOIN LATERAL (
            SELECT * FROM tax_landversion
            WHERE land_id = o.id AND valid_from <= %(day)s ORDER BY valid_from DESC, number DESC LIMIT 1
        ) AS v
        WHERE o.id > %(after)s AND o.id <= %(upto)s AND NOT v.ended
    ), zone AS MATERIALIZED (
        SELECT DISTINCT ON (village, zone) village, zone, {LAND_CLASS} AS value
        FROM tax_zonevalue WHERE tax_year <= %(year)s AND approved_at IS NOT NULL
        ORDER BY village, zone, tax_year DESC
    ), building AS MATERIALIZED (
        SELECT b.version_id, sum(b.area::bigint * ({BUILDING_CLASS})) AS value
        FROM tax_building AS b JOIN chosen USING (version_id)
        WHERE b.use <> %(untaxed_building)s GROUP BY b.version_id
    )
    INSERT INTO tax_massline (
        batch_id, land_id, nop, version_id, taxpayer_id, use, untaxed, problem, land_value, building_value, value
    )
    SELECT %(batch)s, c.land_id, c.nop, c.version_id, c.taxpayer_id, c.use, c.land_kind = %(public)s,
           CASE WHEN zone.value IS NULL THEN 'zone' ELSE '' END,
           coalesce(c.land_area::bigint * zone.value, 0), coalesce(building.value, 0),
           coalesce(c.land_area::bigint * zone.value, 0) + coalesce(building.value, 0)
    FROM chosen AS c
    LEFT JOIN zone ON zone.village = left(c.nop, 10) AND zone.zone = c.zone
    LEFT JOIN building USING (version_id)
    ON CONFLICT (batch_id, land_id) DO NOTHING
"""  # noqa: S608 - pieces of this file alone

ROUNDED = {
    "down": "div(exact, %(divisor)s)",
    "half_up": "div(2 * exact + %(divisor)s, 2 * %(divisor)s)",
    "up": "div(exact, %(divisor)s) + (mod(exact, %(divisor)s) > 0)::int",
}
"""exact: tax x 10,000 as a whole product of amount, share and rate; divisor: 10,000 x unit."""

BRACKET = """
    SELECT rate FROM unnest(
        %({name}_use)s::text[], %({name}_low)s::bigint[], %({name}_high)s::bigint[], %({name}_rate)s::numeric[]
    ) AS bracket(use, low, high, rate)
    WHERE bracket.use IN (line.use, 'general')
      AND line.value >= low AND (high IS NULL OR line.value <= high)
    ORDER BY (bracket.use = line.use) DESC LIMIT 1
"""
SHARE, TARIFF = BRACKET.format(name="shares"), BRACKET.format(name="tariffs")

COMPUTE = f"""
    UPDATE tax_massline AS target
    SET deduction = done.deduction, share = done.share, rate = done.rate, last_tax = done.last_tax,
        tax = CASE WHEN done.exact > 0 THEN greatest(({{rounded}}) * %(unit)s, %(minimum)s) ELSE 0 END
    FROM (
        SELECT line.id, picked.deduction, share.rate AS share, tariff.rate, last.principal AS last_tax,
               (line.value - picked.deduction) * share.rate * tariff.rate AS exact
        FROM tax_massline AS line
        CROSS JOIN LATERAL ({SHARE}) AS share
        CROSS JOIN LATERAL (
            SELECT CASE WHEN line.untaxed THEN 0 ELSE ({TARIFF}) END AS rate
        ) AS tariff
        CROSS JOIN LATERAL (
            SELECT CASE WHEN line.untaxed OR EXISTS (
                SELECT 1 FROM tax_massline AS other
                WHERE other.batch_id = line.batch_id AND other.taxpayer_id = line.taxpayer_id AND other.id <> line.id
                  AND other.problem = '' AND NOT other.untaxed
                  AND (other.deduction > 0 OR other.value > line.value
                       OR (other.value = line.value AND other.nop < line.nop))
            ) THEN 0 ELSE least(%(exemption)s, line.value) END AS deduction
        ) AS picked
        LEFT JOIN tax_assessment AS last
            ON last.land_id = line.land_id AND last.tax_year = %(year)s - 1
           AND last.kind = 'sppt' AND last.state <> 'cancelled'
        WHERE line.batch_id = %(batch)s AND line.land_id > %(after)s AND line.land_id <= %(upto)s
          AND line.problem = '' AND line.tax IS NULL
    ) AS done
    WHERE target.id = done.id
"""  # noqa: S608 - pieces of this file alone

ISSUE = """
    INSERT INTO tax_assessment (
        number, kind, tax_type, state, taxpayer_id, land_id, version_id, batch_id, tax_year, period, issue, ground,
        base, land_value, building_value, deduction, share, rate, principal, surcharge, increase, interest, fine,
        credit, paid, issued_on, due_on, reason, facts, approved_by
    )
    SELECT line.nop || %(year)s || '00', 'sppt', %(tax_type)s, 'issued', line.taxpayer_id, line.land_id,
           line.version_id, line.batch_id, %(year)s, '', 0, '', line.value, line.land_value, line.building_value,
           line.deduction, line.share, line.rate, line.tax, 0, 0, 0, 0, 0, 0, %(issued_on)s, %(due_on)s, '', '{}',
           %(approved_by)s
    FROM tax_massline AS line
    WHERE line.batch_id = %(batch)s AND line.land_id > %(after)s AND line.land_id <= %(upto)s
      AND line.tax IS NOT NULL
      AND NOT EXISTS (
          SELECT 1 FROM tax_assessment AS known
          WHERE known.land_id = line.land_id AND known.tax_year = %(year)s AND known.kind = 'sppt'
      )
    ON CONFLICT DO NOTHING
"""

OVER_CAP = """
    SELECT count(*) FROM tax_massline
    WHERE batch_id = %(batch)s AND last_tax > 0 AND (tax - last_tax) * 100::numeric > last_tax * %(cap)s::numeric
"""
