from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.catalog"
    label = "catalog"
    verbose_name = "Katalog layanan"
