from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.reference"
    label = "reference"
    verbose_name = "Tabel acuan"
