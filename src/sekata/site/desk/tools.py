"""The house's own tools for officers, in the form of a room's menu entries: who may open which."""

from django.utils.translation import gettext_lazy as _

from sekata.kernel.payments.actions import RECONCILE
from sekata.kernel.people.actions import ASSIST, GRANT, MERGE, RIGHTS_DESK
from sekata.kernel.reference.actions import APPROVE, PROPOSE
from sekata.lib.actor import Actor
from sekata.lib.manifest import Page
from sekata.site.rights import BRIDGE, PERSONNEL, READ_JOURNAL

TOOLS = (
    Page("workspace", _("Anjungan"), "bridge:home", BRIDGE, "gauge"),
    Page("workspace", _("Pendampingan"), "people:assisted", ASSIST, "hand-helping"),
    Page("workspace", _("Pegawai"), "people:staff", GRANT, "users"),
    Page("workspace", _("Pejabat"), "people:posts", PERSONNEL, "user-check"),
    Page("workspace", _("Catatan kembar"), "people:duplicates", MERGE, "copy"),
    Page("workspace", _("Permintaan data"), "people:rights_desk", RIGHTS_DESK, "shield-check"),
    Page("workspace", _("Bendahara penerimaan"), "treasury:day", RECONCILE, "landmark"),
    Page("workspace", _("Tabel acuan"), "reference:tables", PROPOSE | APPROVE, "scale"),
    Page("workspace", _("Catatan"), "journal:latest", READ_JOURNAL, "book-check"),
)


def tools(actor: Actor) -> list[Page]:
    """What `actor` may open of them."""
    return [page for page in TOOLS if page.right.opens(actor)]
