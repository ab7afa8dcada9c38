"""Paying, as citizens meet it."""

from django.urls import path

from sekata.site.payments.views import bills, public, receipts

app_name = "bills"

urlpatterns = [
    path("tagihan/", bills.find, name="find"),
    path("tagihan/saya/", bills.mine, name="mine"),
    path("tagihan/<str:customer_no>/", bills.bill, name="bill"),
    path("tagihan/<str:customer_no>/siapkan/", bills.prepare, name="prepare"),
    path("tagihan/<str:customer_no>/bayar/", bills.pay, name="pay"),
    path("tagihan/<str:customer_no>/qris.png", bills.code, name="code"),
    path("tagihan/<str:customer_no>/sudah-bayar/", bills.trace, name="trace"),
    path("bukti-bayar/<str:ntpd>/", receipts.receipt, name="receipt"),
    path("bukti-bayar/<str:ntpd>/cetak/", receipts.printed, name="print"),
    path("bukti-harian/", public.days, name="public_days"),
    path("bukti-harian/<slug:bank>/<str:day>/", public.day, name="public_day"),
    path("bukti-harian/<slug:bank>/<str:day>.json", public.evidence, name="public_evidence"),
]
