"""A mass assessment that is killed amid its work and run again ends with each letter exactly once."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from sekata.pillars.economy.tax.actions import mass, mass_run
from sekata.pillars.economy.tax.models import Assessment, MassBatch, MassLine
from sekata.pillars.economy.tax.tests.conftest import NOW
from sekata.pillars.economy.tax.tests.ground import many, zone
from sekata.pillars.economy.tax.tests.test_mass import DUE, REASON

COUNT, CHUNK = 3_000, 25
WORKER = """
import sys, django
django.setup()
from sekata.pillars.economy.tax.actions import mass_run
mass_run.run(int(sys.argv[1]), chunk=int(sys.argv[2]))
"""


def worker(batch: MassBatch) -> subprocess.Popen:
    """Another process that runs the batch on this test's database."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    here = urlunsplit(url._replace(path=f"/{name}"))
    environment = os.environ | {"DATABASE_URL": here, "DJANGO_SETTINGS_MODULE": "sekata.site.settings"}
    return subprocess.Popen([sys.executable, "-c", WORKER, str(batch.pk), str(CHUNK)], env=environment)


def kill_amid(batch: MassBatch, step: str) -> int:
    """Kill the worker without warning once it is some chunks into a step; how many objects were done."""
    child = worker(batch)
    try:
        while child.poll() is None:
            batch.refresh_from_db()
            if batch.step == step and batch.done >= 4 * CHUNK:
                break
            time.sleep(0.005)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    batch.refresh_from_db()
    return batch.done


@pytest.mark.django_db(transaction=True)
def test_acceptance_11_killed_in_every_step_and_rerun_ends_with_each_letter_once(office):
    zone()
    many(COUNT)
    batch = mass.begin_year(actor=office.assessor, tax_year=2026, due_on=DUE, at=NOW)
    done = kill_amid(batch, mass_run.VALUE)
    assert 0 < done < COUNT and MassLine.objects.count() == done
    done = kill_amid(batch, mass_run.COMPUTE)
    assert 0 < done < COUNT and MassLine.objects.exclude(tax=None).count() == done
    mass_run.run(batch.pk)
    batch.refresh_from_db()
    mass.approve_batch(actor=office.head, batch=batch, reason=REASON, at=NOW)
    mass.issue_batch(actor=office.assessor, batch=batch, at=NOW)
    done = kill_amid(batch, mass_run.ISSUE)
    assert 0 < done < COUNT and Assessment.objects.count() == done
    mass_run.run(batch.pk)
    assert Assessment.objects.count() == COUNT
    assert Assessment.objects.values("land").distinct().count() == COUNT
    batch.refresh_from_db()
    mass.issue_missing(actor=office.assessor, batch=batch, at=NOW)
    mass_run.run(batch.pk)
    assert Assessment.objects.count() == COUNT
