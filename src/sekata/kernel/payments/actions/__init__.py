"""Writing payments: bills, what banks report, and what officers decide about what was unclear."""

from sekata.kernel.payments.actions.bills import amend, open_bill, open_bills, withdraw
from sekata.kernel.payments.actions.deciding import RECONCILE, match, refund
from sekata.kernel.payments.actions.partners import connect, issue_token
from sekata.kernel.payments.actions.settling import (
    correct,
    explain,
    keep_file,
    post_line,
    read_file,
    reconcile,
    reconcile_yesterday,
)
from sekata.kernel.payments.actions.taking import keep_call, reverse, take
from sekata.kernel.payments.actions.tracing import Claim, answer_trace, open_trace
