"""Bills, virtual accounts and QRIS, what banks say of them, and the day reconciled to the rupiah."""
