"""Inline SVG: line icons from the `lucide` package, and the product's own signs from small partials."""

from functools import lru_cache
from importlib.resources import files
from xml.etree import ElementTree
from zipfile import ZipFile

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

SVG = "{http://www.w3.org/2000/svg}"
PILLAR_SIGNS = {
    "governance": "gov",
    "branding": "bra",
    "economy": "eco",
    "living": "liv",
    "society": "soc",
    "environment": "env",
}


class UnknownIcon(LookupError):
    """A page asks for an icon that the package does not draw."""


@lru_cache(maxsize=1)
def _archive() -> ZipFile:
    """The package's drawings, opened once for the life of the process."""
    return ZipFile(files("lucide").joinpath("lucide.zip").open("rb"))


@lru_cache(maxsize=512)
def icon_shapes(name: str) -> str:
    """The shapes of a lucide icon as markup without its frame."""
    try:
        source = _archive().read(f"{name}.svg")
    except KeyError:
        raise UnknownIcon(f"lucide draws no {name!r}") from None
    shapes = []
    for node in ElementTree.fromstring(source):  # noqa: S314 - see the import
        attributes = "".join(f' {key}="{value}"' for key, value in node.attrib.items())
        shapes.append(f"<{node.tag.removeprefix(SVG)}{attributes}/>")
    return "".join(shapes)


@lru_cache(maxsize=1024)
def icon(name: str, size: str = "") -> SafeString:
    """An icon beside a word, hidden from screen readers; size "xl" draws it as a heading's companion."""
    classes = f"i {size}".strip()
    frame = f'<svg class="{classes}" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">'
    return mark_safe(f"{frame}{icon_shapes(str(name))}</svg>")  # noqa: S308 - package file, fixed frame


@lru_cache(maxsize=64)
def partial(name: str, classes: str = "") -> SafeString:
    """One of our own drawings (`web/signs/<name>.svg`)."""
    return mark_safe(render_to_string(f"web/signs/{name}.svg", {"classes": classes}).strip())  # noqa: S308


def sign(pillar: str) -> SafeString:
    """The rhombus of a pillar, by its code ("environment") or its short form ("env")."""
    return partial(PILLAR_SIGNS.get(str(pillar), str(pillar)))
