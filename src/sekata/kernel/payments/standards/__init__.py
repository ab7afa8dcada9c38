"""The languages of banks: SNAP BI signatures and answers, QRIS payloads, numbers, MT940 statements. Pure."""
