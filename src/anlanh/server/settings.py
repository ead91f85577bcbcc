"""Django's settings. The only module, with its neighbours in `server`, that reads the environment."""

import os
from pathlib import Path

from anlanh.server.environment import cache, data_directory, database, hosts, secret_key, truth

PACKAGE = Path(__file__).resolve().parent.parent
DATA = data_directory()

SECRET_KEY = secret_key(DATA)
DEBUG = truth("ANLANH_DEBUG", default=False)
ALLOWED_HOSTS = hosts()
SITE_URL = os.environ.get("ANLANH_SITE_URL", "http://localhost:8000").rstrip("/")
SECURE = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "anlanh.web.accounts",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anlanh.base.identity",
    "anlanh.base.outbox",
    "anlanh.base.acts",
    "anlanh.base.clocks",
    "anlanh.base.files",
    "anlanh.base.search",
    "anlanh.base.limits",
    "anlanh.base.idempotency",
    "anlanh.work.registry",
    "anlanh.work.policies",
    "anlanh.work.casework",
    "anlanh.work.casework.calls",
    "anlanh.work.casework.mailbox",
    "anlanh.work.casework.importing",
    "anlanh.work.casework.redress",
    "anlanh.work.casework.repeats",
    "anlanh.work.casework.keeping",
    "anlanh.work.casework.publishing",
    "anlanh.work.casework.talking",
    "anlanh.work.casework.desk",
    "anlanh.work.casework.grouping",
    "anlanh.work.casework.preferences",
    "anlanh.work.casework.exposure",
    "anlanh.work.casework.quality",
    "anlanh.work.casework.lists",
    "anlanh.work.casework.screening_lists",
    "anlanh.work.casework.sameness",
    "anlanh.work.casework.misuse",
    "anlanh.work.casework.holds",
    "anlanh.work.casework.broadcasts",
    "anlanh.work.casework.claims",
    "anlanh.work.casework.authorities",
    "anlanh.work.casework.withholding",
    "anlanh.reporting.board",
    "anlanh.reporting.evidence",
    "anlanh.reporting.signing",
    "anlanh.web",
    "anlanh.web.components",
    "anlanh.web.portal",
    "anlanh.web.console",
    "anlanh.server.apps.ServerConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "anlanh.web.api.lane.ApiLane",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "anlanh.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "anlanh.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "anlanh.web.middleware.CurrentActor",
    "anlanh.web.bodies.BoundedBodies",
    "anlanh.web.errors.PlainErrors",
]

ROOT_URLCONF = "anlanh.server.urls"
WSGI_APPLICATION = "anlanh.server.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "anlanh.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are proven by the invitation's link
ACCOUNT_ADAPTER = "anlanh.web.accounts.adapter.InvitationOnly"
ACCOUNT_FORMS = {
    "login": "anlanh.web.accounts.forms.SignIn",
    "reset_password": "anlanh.web.accounts.forms.ResetPassword",
    "reset_password_from_key": "anlanh.web.accounts.forms.NewPassword",
    "change_password": "anlanh.web.accounts.forms.ChangePassword",
    "reauthenticate": "anlanh.web.accounts.forms.ConfirmPassword",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # letters go only to addresses that somebody proved to be theirs
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "An Lành"
MFA_ADAPTER = "anlanh.web.accounts.adapter.SecondStep"
MFA_FORMS = {
    "authenticate": "anlanh.web.accounts.forms.EnterCode",
    "reauthenticate": "anlanh.web.accounts.forms.ConfirmCode",
    "activate_totp": "anlanh.web.accounts.forms.ActivateSecondStep",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/console/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [
    PACKAGE / room / "locale"
    for room in (
        "web",
        "web/portal",
        "web/console",
        "web/accounts",
        "web/api",
        "work/registry",
        "work/casework",
        "work/casework/importing",
        "work/casework/redress",
        "work/casework/keeping",
        "work/casework/publishing",
        "work/casework/misuse",
        "work/casework/talking",
        "work/casework/desk",
        "reporting",
        "work/casework/grouping",
        "connectors",
        "base/identity",
    )
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "anlanh.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
ANLANH_TRUSTED_PROXIES = int(os.environ.get("ANLANH_TRUSTED_PROXIES", "0"))
# TLS ends at the proxy; it alone can say that a request came over it, and without that no HSTS is sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ANLANH_TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CACHES = {"default": cache(DATABASES["default"])}

EMAIL_HOST = os.environ.get("ANLANH_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("ANLANH_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ANLANH_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ANLANH_SMTP_PASSWORD", "")
EMAIL_USE_TLS = truth("ANLANH_SMTP_STARTTLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("ANLANH_MAIL_FROM", "An Lành <khong-tra-loi@anlanh.example>")

ANLANH_DATA = DATA
ANLANH_KEYS_DIR = DATA / "keys"
ANLANH_FILES_DIR = DATA / "files"
ANLANH_OUTBOX_MAIL_DIR = DATA / "mail"  # where letters go when no SMTP server is configured
ANLANH_INBOX_MAIL_DIR = DATA / "mail-in"  # where a mail program may drop letters, one a file
ANLANH_MAILBOX_ORGANISATION = os.environ.get("ANLANH_MAILBOX_ORGANISATION", "")  # its code; none reads no letters
ANLANH_IMAP_HOST = os.environ.get("ANLANH_IMAP_HOST", "")
ANLANH_IMAP_PORT = int(os.environ.get("ANLANH_IMAP_PORT", "993"))
ANLANH_IMAP_TLS = truth("ANLANH_IMAP_TLS", default=True)
ANLANH_IMAP_USER = os.environ.get("ANLANH_IMAP_USER", "")
ANLANH_IMAP_PASSWORD = os.environ.get("ANLANH_IMAP_PASSWORD", "")
ANLANH_IMAP_FOLDER = os.environ.get("ANLANH_IMAP_FOLDER", "INBOX")
ANLANH_LEDGER_ORIGIN = os.environ.get("ANLANH_LEDGER_ORIGIN", "anlanh.example/log")
ANLANH_BACKDATING_DAYS = int(os.environ.get("ANLANH_BACKDATING_DAYS", "30"))
ANLANH_UNDO_SECONDS = int(os.environ.get("ANLANH_UNDO_SECONDS", "20"))  # for organisations that set nothing else
ANLANH_UPLOAD_LIMIT = 20 * 1024 * 1024  # bytes a file
ANLANH_UPLOADS_A_REPORT = 5
ANLANH_WEBHOOK_PRIVATE = truth("ANLANH_WEBHOOK_PRIVATE", default=False)
ANLANH_WEBHOOK_PLAIN_HTTP = truth("ANLANH_WEBHOOK_PLAIN_HTTP", default=False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Its warnings name the path of every refused request, and some paths hold a token that still opens something.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ANLANH_LOG_LEVEL", "WARNING")},
}
