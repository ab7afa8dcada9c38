import csv
from datetime import date, datetime
from pathlib import Path

from django.db import migrations

APPROVED = "2026-01-01T00:00:00+00:00"


def sow(apps, schema_editor):
    """The tariffs to begin with, unconfirmed until Bapenda enters those of its own bylaw."""
    tariff_set, tariff = apps.get_model("tax", "TariffSet"), apps.get_model("tax", "Tariff")
    with (Path(__file__).parent / "tariffs.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            made, _ = tariff_set.objects.get_or_create(
                tax_type=row["tax_type"],
                sub_class=row["sub_class"],
                valid_from=date.fromisoformat(row["valid_from"]),
                defaults={
                    "legal_ref": row["legal_ref"],
                    "article": row["article"],
                    "confirmed": row["confirmed"] == "yes",
                    "approved_at": datetime.fromisoformat(APPROVED),
                },
            )
            tariff.objects.create(
                of=made,
                min_base=int(row["min_base"]),
                max_base=int(row["max_base"]) if row["max_base"] else None,
                **{name: row[name] for name in ("rate", "rate_min", "rate_max")},
            )


class Migration(migrations.Migration):
    dependencies = [("tax", "0002_stands")]

    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
