"""One settings module for every installation; what differs comes from the environment.

The mode decides what may be on: `production` (the default) starts only when it is safe
(`alert4you.config.checks`), `demo` adds the personas, `test` is for the test suite.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from alert4you.config import environment

MODE = environment.mode()
PRODUCTION = MODE == "production"
SRC = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.secret_key(MODE)
SECRET_KEY_FALLBACKS = environment.words("ALERT4YOU_OLD_KEYS")
AUDIT_KEY = environment.text("ALERT4YOU_AUDIT_KEY") or SECRET_KEY
AUDIT_MAIL = environment.words("ALERT4YOU_AUDIT_MAIL")
BACKUP_KEYS = environment.words("ALERT4YOU_BACKUP_KEY")
METRICS_TOKEN = environment.text("ALERT4YOU_METRICS_TOKEN")
DEBUG = environment.text("ALERT4YOU_DEBUG") == "1"
ALLOWED_HOSTS = environment.words("ALERT4YOU_HOSTS")
if not PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]", "testserver"]

# From the bottom of the house to the top; the order of `design.md`.
CONTEXTS = [
    "kernel",
    "ui",
    "organisations",
    "tablets",
    "children",
    "access",
    "manifests",
    "notes",
    "wellbeing",
    "groups",
    "practices",
    "offline",
    "coaching",
    "safety",
    "trajectories",
    "meetings",
    "referrals",
    "funding",
    "planning",
    "retention",
    "rights",
    "imports",
    "api",
    "web",
    "scenarios",
    "operations",
    "country",
]
if not PRODUCTION:
    CONTEXTS.append("demo")

INSTALLED_APPS = [
    # Ours first: our words win where Django's catalogues have the same ones.
    *(f"alert4you.{context}" for context in CONTEXTS),
    "alert4you.config",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Only what keeps passkeys and codes of an app; its own pages are not on.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "alert4you.operations.middleware.MachineMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "alert4you.web.middleware.BrowserMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alert4you.web.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "alert4you.web.middleware.PersonMiddleware",
    "alert4you.web.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alert4you.web.middleware.ActorMiddleware",
    "alert4you.web.middleware.DoorMiddleware",
]

ROOT_URLCONF = "alert4you.config.urls"
WSGI_APPLICATION = "alert4you.config.wsgi.application"
LARGEST_REQUEST = 21_000_000  # bytes: the largest document and its form
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["alert4you.ui.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alert4you.web.context.shell",
            ],
        },
    }
]

# Data -----------------------------------------------------------------------------------------

DATABASES = environment.databases(MODE)
if "standby" in DATABASES:
    DATABASE_ROUTERS = ["alert4you.operations.standby.Router"]
    MIDDLEWARE.append("alert4you.operations.standby.StandbyMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CLOCK = (
    "alert4you.demo.clock.working_day_clock"
    if MODE == "demo"
    else "alert4you.kernel.clock.wall_clock"
)

# People ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisations.Person"
LOGIN_URL = "demo:welcome" if MODE == "demo" else "web:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if MODE == "test"
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
] + [{"NAME": "alert4you.config.passwords.OwnWordsValidator"}]

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
MFA_ADAPTER = "alert4you.config.factors.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Static files ---------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = environment.database_file(MODE).parent / f"static-{MODE}"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "alert4you.config.static.ModuleStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Tests read the source files; nothing is collected for them.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = MODE == "test"

# The browser ----------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SILENCED_SYSTEM_CHECKS = [
    # Named in our own words, with the environment variable to set: alert4you.config.checks.
    *("security.W009", "security.W018", "security.W020"),
    # Preloading speaks for a whole domain, which is not ours alone.
    "security.W021",
]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "alert4you.organisations.models"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Which device this is (`tablets`); as long as browsers keep a cookie.
DEVICE_COOKIE_NAME = "device"
DEVICE_COOKIE_AGE = 400 * 24 * 60 * 60
KNOWN_COOKIE_NAME = "known"  # who came in with this browser before (`web/queries/sessions.py`)
LEFT_COOKIE_NAME = "left"  # of a tablet that was locked without a network; set by its script
WROTE_COOKIE_NAME = "wrote"  # a moment ago (`operations/standby.py`)
# Kept by the server: what a message says is not left in a browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if PRODUCTION:
    # The prefix makes a browser refuse them from another host of the same domain.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    DEVICE_COOKIE_NAME = "__Host-device"
    KNOWN_COOKIE_NAME = "__Host-known"
    LEFT_COOKIE_NAME = "__Host-left"
    WROTE_COOKIE_NAME = "__Host-wrote"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^api/"]  # refused instead: what it sent was readable
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if environment.text("ALERT4YOU_HTTPS") == "proxy":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PROXIES = int(environment.text("ALERT4YOU_PROXIES"))

# Mail and logs --------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = environment.text("ALERT4YOU_MAIL_FROM")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{environment.mail_backend()}.EmailBackend"
globals().update(environment.mail())

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "alert4you.config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
