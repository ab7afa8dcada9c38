"""Every address of the house has a door."""

from collections.abc import Iterator
from fnmatch import fnmatch

from django.urls import URLPattern, URLResolver, get_resolver

from sekata.lib.rights import Right
from sekata.site.api import api
from tests.architecture.source import none

WITHOUT_DOOR = {
    "healthz": "a load balancer asks whether the process lives; answers nothing else",
    "readyz": "likewise, whether it can work",
    "signin": "a redirect to the sign-in form",
    "account_*": "django-allauth: signing in and out, its own checks",
    "mfa_*": "django-allauth: second factors, asks for a fresh sign-in itself",
    "usersessions_*": "django-allauth: one's own sessions, asks for sign-in itself",
    "web:*": "pages of the face: no data, the same for everybody",
    "api:api-root": "an empty answer of the API's frame",
    "api:openapi-json": "the description of the API is public",
    "api:csrf": "a token for one's own session",
}


def addresses(patterns, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Name (with its space) and pattern of every address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        else:
            yield f"{space}{pattern.name}", pattern


def house() -> list[tuple[str, URLPattern]]:
    return list(addresses(get_resolver().url_patterns))


def operations() -> dict[str, object]:
    """Name of each operation of the API -> its function."""
    return {
        f"api:{operation.view_func.__name__}": operation.view_func
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    }


def test_every_page_has_a_right():
    known = operations()
    none(
        f"{name}: {pattern.callback.__module__}.{pattern.callback.__qualname__} hangs in no door"
        for name, pattern in house()
        if name not in known
        and not any(fnmatch(name, open_one) for open_one in WITHOUT_DOOR)
        and not isinstance(getattr(pattern.callback, "right", None), Right)
    )


def test_every_operation_of_the_api_has_a_right():
    none(
        f"{name}: {function.__module__}.{function.__name__} hangs in no door"
        for name, function in operations().items()
        if name not in WITHOUT_DOOR and not isinstance(getattr(function, "right", None), Right)
    )


def test_exceptions_are_still_needed():
    names = [name for name, _ in house()]
    none(f"{one}: no such address" for one in WITHOUT_DOOR if not any(fnmatch(name, one) for name in names))


def test_every_address_has_a_name():
    none(f"{name} {pattern.pattern}" for name, pattern in house() if not pattern.name)
