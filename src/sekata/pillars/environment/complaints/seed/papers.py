"""Pictures for the demonstration: drawn, not photographed; nobody is on them."""

import io
import random

from PIL import Image, ImageDraw

from sekata.kernel.documents.uploads import Accepted

SKY, BANK = "#cfdfe3", "#5d6b3a"
WATER = {"W": "#2f2a22", "A": "#6f8f96", "F": "#b5622a", "S": "#7d7561", "l": "#ffffff"}


def picture(dice: int, kind: str) -> Accepted:
    """A river bank under a sky, in the colours of the trouble."""
    random_line = random.Random(dice)  # noqa: S311 - a drawing
    image = Image.new("RGB", (800, 600), SKY)
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 300), (260, 260), (540, 290), (800, 250), (800, 360), (0, 360)], fill=BANK)
    draw.rectangle([0, 350, 800, 600], fill=WATER.get(kind[0], "#5e7f86"))
    for _ in range(40):
        x, y = random_line.randrange(0, 800), random_line.randrange(360, 600)
        draw.line([(x, y), (x + random_line.randrange(20, 90), y)], fill="#89a4a8", width=2)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return Accepted("peragaan.jpg", "photo", "image/jpeg", out.getvalue())
