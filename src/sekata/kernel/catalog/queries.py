"""Reading the catalogue."""

from datetime import date

from django.db.models import QuerySet

from sekata.kernel.catalog.models import Service, Standard


def services() -> QuerySet[Service]:
    return Service.objects.select_related("unit").filter(active=True).order_by("name")


def service(code: str) -> Service | None:
    return services().filter(code=code).first()


def standard(code: str, on: date) -> Standard | None:
    """The standard of a service in force on the day `on`."""
    return Standard.objects.filter(service=code, valid_from__lte=on).order_by("-valid_from").first()
