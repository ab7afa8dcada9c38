from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.cases"
    label = "cases"
    verbose_name = "Urusan"
