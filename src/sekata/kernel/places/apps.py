from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.places"
    label = "places"
    verbose_name = "Tempat"
