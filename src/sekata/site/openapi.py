"""The OpenAPI document of the house, as committed: `python -m sekata.site.openapi > docs/openapi.json`."""

import json
import os
import sys
from importlib import import_module

import django


def text() -> str:
    """The document, laid out so that a change shows in few lines."""
    schema = import_module("sekata.site.api").api.get_openapi_schema(path_prefix="/api/")
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekata.site.settings")
    django.setup()
    sys.stdout.write(text())
