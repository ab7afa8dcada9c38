from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.units"
    label = "units"
    verbose_name = "Unit dan wilayah"
