"""Law as data: every tariff, limit, list and holiday is a row with the day it takes effect and its basis."""
