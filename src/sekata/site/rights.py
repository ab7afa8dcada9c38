"""Who may enter the rooms of the house itself: desk, bridge, staff and posts, journal."""

from sekata.kernel.people.actions import APPROVE_DECREE, ENTER_DECREE, GRANT
from sekata.lib.rights import EVERYTHING, NOTHING, Right, permission, signed_in

OFFICER = Right("desk.officer", "petugas", lambda actor: EVERYTHING if actor.is_officer else NOTHING)
MEMBER = signed_in("people.own", "orang yang masuk akun")
BRIDGE = permission("bridge.see", "pimpinan")
READ_JOURNAL = permission("journal.read", "pemeriksa")
STAFF = GRANT
PERSONNEL = ENTER_DECREE | APPROVE_DECREE
POSTS = GRANT | PERSONNEL | BRIDGE
