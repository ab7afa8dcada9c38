from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.people"
    label = "people"
    verbose_name = "Orang"
