from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.ledger"
    label = "ledger"
    verbose_name = "Buku besar"
