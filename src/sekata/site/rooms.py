"""The rooms of this house, in sorted order. Adding a system begins with its line here."""

ROOMS = ("sekata.pillars.environment.complaints",)
