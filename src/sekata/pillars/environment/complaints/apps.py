from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.pillars.environment.complaints"
    label = "complaints"
    verbose_name = "Pengaduan lingkungan"
