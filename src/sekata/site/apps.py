from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.site"
    label = "site"
    verbose_name = "Rumah Sekata"
