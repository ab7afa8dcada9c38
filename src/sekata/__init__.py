"""Sekata: the digital government of an Indonesian regency in one suite."""
