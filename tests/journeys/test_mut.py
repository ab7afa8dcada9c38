import pytest
from sekata.kernel.cases import clocks, actions as ca
from tests.journeys.test_complaint_machine import *
from tests.journeys import test_complaint_machine as m
del test_the_beginnings_take_every_step_that_people_and_jobs_take
del test_complaints_live_by_their_table
import functools
def m1(mp):
    o=clocks.nearest
    mp.setattr(clocks,'nearest',lambda w,t,waiting:o(w,t,False))
def m2(mp):
    o=ca._step
    mp.setattr(ca,'_step',lambda *a: (o(*a),o(*a))[0])
def m3(mp):
    o=clocks.stopping
    mp.setattr(clocks,'stopping',lambda w,r,s:[] if s=='withdrawn' else o(w,r,s))
def m4(mp):
    from sekata.pillars.environment.complaints.actions import steps
    def insist(x):
        from sekata.kernel.cases.models import Case
        x=tuple(x)
        if x:
            Case.objects.update(title='x')
            from sekata.lib.result import Refused
            raise Refused(*x)
    mp.setattr(ca,'insist',insist)
    from sekata.kernel.journal import acts
    import contextlib
    mp.setattr(acts,'_one_transaction',contextlib.nullcontext)
@pytest.mark.parametrize('mut',[m1,m2,m3,m4])
def test_m(regency,filing,mut,monkeypatch):
    mut(monkeypatch)
    fails=0
    for b in BEGINNINGS:
        try:
            run_state_machine_as_test(lambda: ComplaintLife(regency, filing, b), settings=settings(max_examples=4, stateful_step_count=24, derandomize=True, database=None))
        except AssertionError as e:
            fails+=1; print(mut.__name__, b, str(e)[:100]); break
    assert fails
