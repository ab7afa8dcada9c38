from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.web"
    label = "web"
    verbose_name = "Tampilan"
