"""Who may stand on the bridge."""

from sekata.lib.rights import permission

BRIDGE = permission("bridge.see", "pimpinan")
