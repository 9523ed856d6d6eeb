"""Every setting of a site: from the environment, safe by default, all mistakes told at once.

A variable may instead name a file that holds its value: `SECRET_KEY_FILE`, `DATABASE_URL_FILE`.
"""

import base64
import binascii
import os
from typing import Any

from csp.constants import NONE, SELF
from environs import FileAwareEnv, ValidationError, validate

from juxian.site import embedded, logs
from juxian.site.home import ROOT, home, kept_secret


def _are_keys(ring: list[str]) -> None:
    for key in ring:
        try:
            size = len(base64.b64decode(key, validate=True))
        except binascii.Error:
            size = 0
        if size != 32:  # noqa: PLR2004
            raise ValidationError("each key is 32 random bytes in base64")


def _are_words(said: object) -> None:
    pairs = said.items() if isinstance(said, dict) else [(said, said)]
    if not all(isinstance(word, str) for pair in pairs for word in pair):
        raise ValidationError("a JSON object of texts by name")


env = FileAwareEnv(eager=False, strip_whitespace=True)

DATABASE_URL = env.str("DATABASE_URL", "")
# A laptop or a demonstration: keys are made and kept in JUXIAN_HOME, pages travel without TLS.
# So it is, unless said otherwise, wherever nobody names a database.
DEMO = env.bool("JUXIAN_DEMO", not DATABASE_URL)
DEBUG = env.bool("DEBUG", default=False)

if DEMO:
    SECRET_KEY = env.str("SECRET_KEY", kept_secret("session.key", 48))
    FIELD_KEYS = env.list("FIELD_KEYS", [kept_secret("field.key", 32)], validate=_are_keys)
else:
    SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=50))
    FIELD_KEYS = env.list("FIELD_KEYS", validate=[validate.Length(min=1), _are_keys])
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
HTTPS = env.bool("HTTPS", not DEMO)
PROXIES = env.int("PROXIES", 0, validate=validate.Range(min=0))
DATABASE_POOL = env.int("DATABASE_POOL", 0, validate=validate.Range(min=0))
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(logs.LEVELS))

JUXIAN_HOME = home()
PACKS_DIR = env.path("PACKS_DIR", ROOT / "packs")
EVIDENCE_DIR = env.path("EVIDENCE_DIR", JUXIAN_HOME / "evidence")
OUTBOX_DIR = JUXIAN_HOME / "outbox"  # what the file gateways of a demonstration are handed
FONTS_DIR = env.path("FONTS_DIR", JUXIAN_HOME / "fonts")  # licensed typefaces of the site

_embedded = embedded.address(JUXIAN_HOME / "postgres")
_database = env.dj_db_url("DATABASE_URL" if DATABASE_URL else "JUXIAN_EMBEDDED", _embedded)
_cache = env.dj_cache_url("CACHE_URL", "db://juxian_cache")
# Mail and short messages: none goes out unless a site says where; a demonstration writes files.
_mail = env.dj_email_url("EMAIL_URL", f"file:///{OUTBOX_DIR}/mail" if DEMO else "dummymail://")
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "juxian@localhost")
SMS_URL = env.str("SMS_URL", f"file://{OUTBOX_DIR}/sms" if DEMO else "")
SMS_HEADERS: Any = env.json("SMS_HEADERS", {}, validate=_are_words)
SMS_BODY: Any = env.json(
    "SMS_BODY", {"phone": "{phone}", "text": "{text}", "key": "{key}"}, validate=_are_words
)
SMS_ACCEPTED = env.str("SMS_ACCEPTED", "")
SMS_SIGNATURE = env.str("SMS_SIGNATURE", "举贤")
# Origins that messages may be handed to though they are inside the network or without TLS.
GATEWAYS: list[str] = env.list("GATEWAYS", [])

env.seal()

# Names are read character by character; pypinyin's phrases would take 44 MB of every process.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

ROOT_URLCONF = "juxian.site.urls"
WSGI_APPLICATION = "juxian.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "juxian.records",
    "juxian.jobs",
    "juxian.desks.common",
    "juxian.desks.public",
    "juxian.desks.applicant",
    "juxian.desks.office",
    "juxian.desks.care",
    "juxian.desks.expert",
    "juxian.desks.secretariat",
    "juxian.desks.supervision",
    "juxian.desks.operation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "juxian.site.statics.StaticFiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "juxian.site.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "juxian.site.middleware.session_clock",
    "juxian.site.middleware.private_pages",
    "juxian.site.middleware.LoginWall",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "juxian.site.middleware.RefusalPage",
    "juxian.desks.office.posts.ActingPost",
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
            ],
        },
    }
]

# Statements are prepared by the server once they come again: a quarter of the database's work.
DATABASES = {"default": _database}
_options = _database.setdefault("OPTIONS", {})
_options |= {"server_side_binding": True, "prepare_threshold": 3}
if DATABASE_POOL:
    _options["pool"] = {
        "min_size": 1,
        "max_size": DATABASE_POOL,
        "timeout": 10,
    }
CACHES = {"default": _cache}

# People and sessions: Argon2id, half an hour of idleness, nothing personal in a cookie.
AUTH_USER_MODEL = "records.Person"
AUTHENTICATION_BACKENDS = ["juxian.desks.common.accounts.Accounts"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["login", "name", "phone"]}),
        ("MinimumLengthValidator", {"min_length": 8}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 60
CSRF_FAILURE_VIEW = "juxian.desks.common.late.overtaken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_ADAPTER = "juxian.desks.common.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "juxian.desks.common.accounts.Login",
    "signup": "juxian.desks.common.accounts.Signup",
    "change_password": "juxian.desks.common.accounts.ChangePassword",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "juxian.desks.common.accounts.SecondStep"
MFA_TOTP_ISSUER = "举贤"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

# Headers: everything from this site alone; `data:` images are the icons inside Bootstrap's styles.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # HSTS binds this host, not others
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None

# A form with many repeated rows has many fields; files go to disk in pieces.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "juxian.desks.common.uploads.WipedUploads",
]
MEDIA_ROOT = EVIDENCE_DIR

STATIC_URL = "static/"
STATIC_ROOT = JUXIAN_HOME / "static"
STATICFILES_DIRS = [
    ("bootstrap", ROOT / "node_modules" / "bootstrap" / "dist"),
    ("qr", ROOT / "node_modules" / "qr"),
    ("tus", ROOT / "node_modules" / "tus-js-client" / "dist"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "juxian.site.statics.HashedFiles"},
}

LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

globals().update(_mail)
EMAIL_TIMEOUT = _mail["EMAIL_TIMEOUT"] or 20  # seconds
LOGGING = logs.configuration(LOG_LEVEL)
