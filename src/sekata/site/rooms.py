"""The rooms of this house, in sorted order. Adding a system begins with its line here."""

ROOMS = (
    "sekata.pillars.economy.tax",
    "sekata.pillars.environment.complaints",
    "sekata.pillars.environment.wastebank",
)
