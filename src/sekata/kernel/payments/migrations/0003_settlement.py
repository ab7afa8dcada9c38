import django.db.models.deletion
from django.db import migrations, models

from sekata.kernel.db import immutable


class Migration(migrations.Migration):
    """What banks say of a day, what of it settled, what did not fit, and what payers ask to be traced."""

    dependencies = [
        ('documents', '0001_initial'),
        ('payments', '0002_guards'),
        ('people', '0004_consents_stay'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReconRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('ran_at', models.DateTimeField()),
                ('figures', models.JSONField(default=dict)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.partner')),
            ],
        ),
        migrations.CreateModel(
            name='SettlementFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('report', 'Laporan transaksi'), ('statement', 'Rekening koran MT940')], max_length=10)),
                ('name', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.partner')),
            ],
        ),
        migrations.CreateModel(
            name='SettlementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('report', 'Laporan transaksi'), ('statement', 'Rekening koran MT940')], max_length=10)),
                ('place', models.PositiveIntegerField()),
                ('day', models.DateField()),
                ('settled_on', models.DateField()),
                ('trx_at', models.DateTimeField(null=True)),
                ('channel', models.CharField(blank=True, choices=[('va', 'BRIVA'), ('qris', 'QRIS'), ('teller', 'Teller'), ('atm', 'ATM'), ('mobile', 'Mobile banking'), ('edc', 'EDC')], max_length=8)),
                ('bank_ref', models.CharField(blank=True, max_length=64)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('terminal', models.CharField(blank=True, max_length=32)),
                ('customer_no', models.CharField(blank=True, max_length=28)),
                ('amount', models.BigIntegerField()),
                ('text', models.TextField()),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.partner')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.settlementfile')),
            ],
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.partner')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='payments.payment')),
                ('line', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settlement', to='payments.settlementline')),
            ],
        ),
        migrations.CreateModel(
            name='ReconException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('only_bank', 'Hanya di bank'), ('only_ours', 'Hanya di kami'), ('different', 'Berbeda'), ('duplicate', 'Baris ganda'), ('returned', 'Sudah dibatalkan atau dikembalikan')], max_length=10)),
                ('state', models.CharField(choices=[('open', 'Terbuka'), ('resolved', 'Selesai')], default='open', max_length=8)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('opened_at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(null=True)),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exceptions', to='payments.payment')),
                ('resolver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exceptions', to='payments.reconrun')),
                ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exceptions', to='payments.settlementline')),
            ],
        ),
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('paid_on', models.DateField()),
                ('amount', models.BigIntegerField()),
                ('bank_ref', models.CharField(blank=True, max_length=64)),
                ('contact', models.CharField(blank=True, max_length=40)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Ditelusuri'), ('found', 'Pembayaran ditemukan'), ('not_found', 'Tidak ditemukan')], default='open', max_length=10)),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('bill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='traces', to='payments.bill')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
                ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
            ],
        ),
        migrations.CreateModel(
            name='DayProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('root', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('rupiah', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.partner')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partner', 'day'), name='payments_one_proof')],
            },
        ),
        migrations.AddConstraint(
            model_name='reconrun',
            constraint=models.UniqueConstraint(fields=('partner', 'day'), name='payments_one_run'),
        ),
        migrations.AddConstraint(
            model_name='settlementfile',
            constraint=models.UniqueConstraint(fields=('partner', 'kind', 'file'), name='payments_file_once'),
        ),
        migrations.AddIndex(
            model_name='settlementline',
            index=models.Index(fields=['partner', 'kind', 'day'], name='payments_line_day'),
        ),
        migrations.AddIndex(
            model_name='settlementline',
            index=models.Index(fields=['partner', 'kind', 'settled_on'], include=('amount',), name='payments_line_settled'),
        ),
        migrations.AddConstraint(
            model_name='settlementline',
            constraint=models.UniqueConstraint(fields=('source', 'place'), name='payments_line_place'),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(fields=['partner', 'day'], include=('amount',), name='payments_settled_day'),
        ),
        migrations.AddIndex(
            model_name='settlement',
            index=models.Index(fields=['at'], name='payments_settled_at'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.UniqueConstraint(condition=models.Q(('line__isnull', False)), fields=('payment',), name='payments_settled_once'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.UniqueConstraint(condition=models.Q(('line__isnull', True)), fields=('payment',), name='payments_corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='reconexception',
            constraint=models.UniqueConstraint(condition=models.Q(('line__isnull', False)), fields=('kind', 'line'), name='payments_line_exception'),
        ),
        migrations.AddConstraint(
            model_name='reconexception',
            constraint=models.UniqueConstraint(condition=models.Q(('line__isnull', True)), fields=('kind', 'payment'), name='payments_our_exception'),
        ),
        migrations.AddConstraint(
            model_name='reconexception',
            constraint=models.CheckConstraint(condition=models.Q(('line__isnull', False), ('payment__isnull', False), _connector='OR'), name='payments_exception_about'),
        ),
        migrations.AddConstraint(
            model_name='reconexception',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at', None), ('state', 'open')), models.Q(('resolved_at__isnull', False), ('state', 'resolved')), _connector='OR'), name='payments_exception_ends'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='payments_trace_open'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.UniqueConstraint(fields=('bill', 'slip'), name='payments_one_trace'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_trace_amount'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='payments_trace_ends'),
        ),
        *immutable('payments_settlementline'),
        *immutable('payments_settlement'),
    ]
