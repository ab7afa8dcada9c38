"""Who may enter the officers' rooms of the house itself."""

from sekata.lib.rights import EVERYTHING, NOTHING, Right, signed_in

OFFICER = Right("desk.officer", "petugas", lambda actor: EVERYTHING if actor.is_officer else NOTHING)
MEMBER = signed_in("people.own", "orang yang masuk akun")
