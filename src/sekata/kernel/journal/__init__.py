"""The append-only record of acts: who did what to what, when, for whom - sealed so that it can be proved."""
