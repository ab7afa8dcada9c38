"""Every request that somebody must answer: state, clocks, holder, history, escalation - one inbox over all rooms."""
