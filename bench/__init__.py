"""Measures what the suite promises about speed: `make bench`.

Everything is measured in one run on this machine, on a data folder of its own (in `var/bench`) with its own
embedded PostgreSQL and durable commits: against the floor (the same rows written by bare psycopg through the
same web server) and against the size of the data (1,000,000 cases beside 10,000). The result is a table and
`var/bench.json`. BENCH_QUICK=1 takes 100,000 cases and fewer rounds.
"""
