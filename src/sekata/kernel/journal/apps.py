from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.journal"
    label = "journal"
    verbose_name = "Catatan perbuatan"
