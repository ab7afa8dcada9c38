from django.apps import AppConfig


class Config(AppConfig):
    name = "sekata.kernel.documents"
    label = "documents"
    verbose_name = "Dokumen"
