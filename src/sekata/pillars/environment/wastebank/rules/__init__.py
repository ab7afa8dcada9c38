"""The rules of the waste savings bank, R1 to R20 of the contract, as pure functions.

They know no database, clock or setting: facts, moments and the effective-dated rows come as arguments.
"""
