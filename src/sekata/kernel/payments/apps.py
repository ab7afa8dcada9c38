from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.payments"
    label = "payments"
    verbose_name = "Pembayaran"
