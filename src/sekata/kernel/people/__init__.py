"""One person, many hats: identity, accounts, roles held in units over time, stand-ins, assisted service, the vault."""
