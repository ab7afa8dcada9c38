"""Who may look at staff, posts and decrees."""

from sekata.kernel.people.actions import APPROVE_DECREE, ENTER_DECREE, GRANT
from sekata.site.bridge.rights import BRIDGE

STAFF = GRANT
PERSONNEL = ENTER_DECREE | APPROVE_DECREE
POSTS = GRANT | PERSONNEL | BRIDGE
