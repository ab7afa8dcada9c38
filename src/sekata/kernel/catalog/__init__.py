"""The public services: what each office offers, on what standard, for what fee, how long."""
