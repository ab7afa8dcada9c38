from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.pillars.economy.tax"
    label = "tax"
    verbose_name = "Pajak daerah"
