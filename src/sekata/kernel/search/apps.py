from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.search"
    label = "search"
    verbose_name = "Pencarian"
