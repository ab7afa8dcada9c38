"""SNAP BI as banks call it; the paths are the standard's."""

from django.urls import path

from sekata.kernel.payments.standards.snap import Service
from sekata.kernel.payments.views import service

app_name = "payments"
urlpatterns = [
    path("access-token/b2b", service(Service.TOKEN), name="token"),
    path("transfer-va/inquiry", service(Service.INQUIRY), name="inquiry"),
    path("transfer-va/payment", service(Service.PAYMENT), name="payment"),
    path("transfer-va/notify-payment-intrabank", service(Service.NOTIFY), name="notify"),
    path("qr/qr-mpm-notify", service(Service.QR_NOTIFY), name="qr-notify"),
]
