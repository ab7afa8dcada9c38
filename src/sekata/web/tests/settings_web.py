"""The face alone: no database, no session, no other room."""

SECRET_KEY = "only-for-tests"
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles", "django_htmx", "js_lib_leaflet", "sekata.web"]
MIDDLEWARE = ["csp.middleware.CSPMiddleware", "django.middleware.locale.LocaleMiddleware"]
ROOT_URLCONF = "sekata.web.tests.urls_web"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "sekata.web.tests.house.house",
            ],
            "builtins": ["sekata.web.templatetags.sekata"],
        },
    }
]
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
FORMAT_MODULE_PATH = ["sekata.web.formats"]
STATIC_URL = "/static/"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
    }
}
