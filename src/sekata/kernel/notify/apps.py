from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.notify"
    label = "notify"
    verbose_name = "Kabar"
