from django.db import migrations

from sekata.kernel.db import immutable


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]

    operations = immutable("complaints_custodyentry")
