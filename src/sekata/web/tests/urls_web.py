"""Addresses for the test settings."""

from django.urls import include, path

urlpatterns = [path("", include("sekata.web.urls"))]
