from django.db import migrations

from sekata.kernel.db import immutable


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = immutable("cases_step")
