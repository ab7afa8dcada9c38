"""Settings of the suite. What an operator may set comes from the environment or `sekata.toml`
(see `sekata.site.config`); everything an officer may change is effective-dated data instead."""

from csp.constants import NONE, SELF

from sekata.site.config import CONFIG
from sekata.site.rooms import ROOMS

BASE_DIR = CONFIG.data
DEBUG = CONFIG.debug
SECRET_KEY = CONFIG.secret("django")
ALLOWED_HOSTS = CONFIG.hosts
CSRF_TRUSTED_ORIGINS = CONFIG.origins
ROOT_URLCONF = "sekata.site.urls"
WSGI_APPLICATION = "sekata.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KERNEL = [
    "sekata.kernel.journal",
    "sekata.kernel.reference",
    "sekata.kernel.units",
    "sekata.kernel.people",
    "sekata.kernel.notify",
    "sekata.kernel.places",
    "sekata.kernel.documents",
    "sekata.kernel.ledger",
    "sekata.kernel.payments",
    "sekata.kernel.search",
    "sekata.kernel.catalog",
    "sekata.kernel.cases",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "js_lib_leaflet",
    "sekata.web",
    "sekata.site",
    *KERNEL,
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sekata.site.middleware.DatabaseAway",
    "sekata.site.middleware.PublicPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sekata.site.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sekata.site.people.activity.Activity",
    "django_htmx.middleware.HtmxMiddleware",
    "sekata.site.middleware.WhoActs",
    "sekata.site.people.second_factor.SecondFactor",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sekata.site.context.house",
            ],
            "builtins": ["sekata.web.templatetags.sekata"],
        },
    }
]

DATABASES = {"default": CONFIG.database()}
DATABASE_ROUTERS: list[str] = []

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = CONFIG.zone
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["sekata.web.formats"]
LOCALE_PATHS = [CONFIG.package / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": CONFIG.static_storage},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_TEMP_DIR = None

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["sekata.kernel.people.signin.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"

ACCOUNT_ADAPTER = "sekata.kernel.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_FORMS = {
    "login": "sekata.kernel.people.forms.LoginForm",
    "signup": "sekata.kernel.people.forms.SignupForm",
    "change_password": "sekata.web.account_forms.ChangePasswordForm",
    "reset_password": "sekata.web.account_forms.ResetPasswordForm",
    "add_email": "sekata.web.account_forms.AddEmailForm",
    "reauthenticate": "sekata.web.account_forms.ReauthenticateForm",
}
ACCOUNT_USERNAME_MIN_LENGTH = 6
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "signup": "20/m/ip"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Sekata"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CONFIG.debug or CONFIG.demo
USERSESSIONS_TRACK_ACTIVITY = True

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.https
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = CONFIG.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if CONFIG.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.behind_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

EMAIL_BACKEND = CONFIG.email_backend
EMAIL_HOST = CONFIG.email_host
EMAIL_PORT = CONFIG.email_port
EMAIL_HOST_USER = CONFIG.email_user
EMAIL_HOST_PASSWORD = CONFIG.email_password
EMAIL_USE_TLS = CONFIG.email_tls
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = CONFIG.data / "mail"
DEFAULT_FROM_EMAIL = CONFIG.email_from

PROCRASTINATE_IMPORT_PATHS = ["sekata.site.worker"]
PROCRASTINATE_ON_APP_READY = "sekata.site.worker.on_ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask": {"()": "sekata.site.logs.MaskIdentityNumbers"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"err": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask"]}},
    "root": {"handlers": ["err"], "level": CONFIG.log_level},
}

SEKATA = CONFIG
