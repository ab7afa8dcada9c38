from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.pillars.environment.wastebank"
    label = "wastebank"
    verbose_name = "Bank sampah"
