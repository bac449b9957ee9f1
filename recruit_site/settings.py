"""The site's settings, read from the environment. `.env.example` explains each one."""

from datetime import timedelta
from pathlib import Path

from django.urls import reverse_lazy
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from recruit_site import environment
from recruit_site.web.request_log import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
env = environment.Environment()

DEBUG = env.optional("DEBUG", False, environment.switch)
SECRET_KEY = env.required("SECRET_KEY", environment.secret)
ALLOWED_HOSTS = env.required("ALLOWED_HOSTS", environment.hosts)
SITE_URL = env.required("SITE_URL", environment.origin)
DATABASES = {"default": env.required("DATABASE_URL", environment.database)}
SHARED_CACHE = env.optional("CACHE_URL", None, environment.cache)
CACHES = {"default": SHARED_CACHE or {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# With a cache, sessions are read from it and stored in the database too: an emptied cache signs nobody out.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if SHARED_CACHE else 'db'}"
STATIC_ROOT = env.optional("STATIC_ROOT", BASE_DIR / "var" / "static", Path)
MEDIA_ROOT = env.optional("MEDIA_ROOT", BASE_DIR / "var" / "media", Path)
MEDIA_URL = env.optional("MEDIA_URL", "/media/", environment.folder_address)
S3_BUCKET = env.optional("S3_BUCKET", None, environment.bucket)
S3_ENDPOINT_URL = env.optional("S3_ENDPOINT_URL", None, environment.origin)
LIVE_SEARCH_URL = env.optional("LIVE_SEARCH_URL", "", environment.page_address)

INSTALLED_APPS = [
    "modeltranslation",  # its documentation requires it before the admin
    "recruit_site.editing.apps.AdminConfig",  # Django's admin, with the site's own admin site and sign-in
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "axes",  # lockout after wrong passwords
    "django_otp",  # the second factor
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "whitenoise.runserver_nostatic",  # runserver serves static files as production does
    "django.contrib.staticfiles",
    "recruit_site.page_cache",
    "recruit_site.content",
    "recruit_site.search",
    "recruit_site.consent",
    "recruit_site.media",
    "recruit_site.audit",
    "recruit_site.accounts",
    "recruit_site.api",
    "recruit_site.editorial_checks",
    "recruit_site.editing.apps.EditingConfig",
    "recruit_site.import_export",
    "recruit_site.operations",
    "careers",
    "interviews",
    "faq",
]

MIDDLEWARE = [
    "recruit_site.web.headers.add_security_headers",  # security headers, on the responses of all middleware below
    "recruit_site.operations.health.answer_probes",  # for any host name and without HTTPS
    "recruit_site.web.request_log.log_requests",  # sets the request's id for all middleware below
    "django.middleware.security.SecurityMiddleware",  # HTTPS redirect, HSTS, nosniff, referrer and opener policy
    "whitenoise.middleware.WhiteNoiseMiddleware",  # static files, before any costly middleware
    "recruit_site.media.serving.serve_pictures",  # uploaded pictures, before GZip as they are compressed already
    "recruit_site.page_cache.policy.set_cache_headers",  # Cache-Control of public responses
    "django.middleware.gzip.GZipMiddleware",  # a fifth of the bytes; random padding against BREACH
    "django.middleware.csp.ContentSecurityPolicyMiddleware",  # SECURE_CSP below
    "recruit_site.web.malformed_requests.refuse_malformed",  # 400 and 405 in the site's own pages, before CSRF says 403
    "django.contrib.sessions.middleware.SessionMiddleware",  # for the admin
    "recruit_site.web.languages.LocaleMiddleware",  # language from the address; sets Content-Language
    "django.middleware.common.CommonMiddleware",  # redirects to the final slash
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",  # adds request.user.is_verified()
    "recruit_site.audit.middleware.remember_request",  # request and user, for the audit log
    "recruit_site.accounts.sessions.end_sessions",  # after SESSION_IDLE or SESSION_COOKIE_AGE
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # for browsers without CSP's frame-ancestors
    "axes.middleware.AxesMiddleware",  # status 429 while sign-in is locked
]

ROOT_URLCONF = "recruit_site.urls"
WSGI_APPLICATION = "recruit_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "recruit_site.web.templatetags.navigation",
                "recruit_site.web.templatetags.site",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    },
]

# Japanese is the original language and English its translation; the addresses of both have a prefix.
LANGUAGE_CODE = "ja"
FORMAT_MODULE_PATH = "recruit_site.text.date_input_formats"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "recruit_site" / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
MODELTRANSLATION_DEFAULT_LANGUAGE = "ja"
MODELTRANSLATION_ENABLE_FALLBACKS = False  # content.translated_fields falls back and returns the language of the text

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MIMETYPES = {".speculationrules": "application/speculationrules+json"}  # the type that HTML requires
STORAGES = {
    # A file's name contains a digest of its content, so a file is only ever overwritten by the same content.
    "default": {"BACKEND": "recruit_site.media.folder_storage.FolderStorage", "OPTIONS": {"allow_overwrite": True}},
    "staticfiles": {"BACKEND": "recruit_site.web.static_storage.SiteStaticFilesStorage"},
}
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "recruit_site.media.s3_storage.BucketStorage",
        "OPTIONS": {"bucket_name": S3_BUCKET, "endpoint_url": S3_ENDPOINT_URL},
    }

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "recruit_site.accounts.password_validators.LongestValidator"},
    {"NAME": "recruit_site.accounts.password_validators.GuessableValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, to refuse locked accounts
    "django.contrib.auth.backends.ModelBackend",
]
# Five wrong passwords or codes lock sign-in: recruit_site/accounts/login_attempts.py explains for whom.
AXES_HANDLER = "recruit_site.accounts.login_attempts.LockoutHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # further attempts do not prolong the lock
AXES_CLIENT_IP_CALLABLE = "recruit_site.web.client_address.client_address"
AXES_USERNAME_CALLABLE = "recruit_site.accounts.login_attempts.username_of"
AXES_CLIENT_STR_CALLABLE = "recruit_site.accounts.login_attempts.describe_client"
AXES_LOCKOUT_CALLABLE = "recruit_site.accounts.login_attempts.locked_response"
AXES_ENABLE_ADMIN = False  # the admin of accounts shows locks
FOUR_EYES = env.optional("FOUR_EYES", False, environment.switch)
# In bytes; 0 for off.
PAGE_CACHE_BYTES = env.optional("PAGE_CACHE_MB", 32_000_000, environment.megabytes)
LOGIN_URL = reverse_lazy("admin:login")
ADMIN_PATH = env.optional("ADMIN_PATH", "admin/", environment.folder_name)

# Pages load nothing from other hosts and have nothing inline, so they need no nonce and can be cached.
PICTURES = [CSP.SELF, *([] if MEDIA_URL.startswith("/") else [MEDIA_URL])]
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": PICTURES,
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [CSP.NONE],
}
# The page that sets up an authenticator app shows the key as a QR code in a data: URL.
SIGN_IN_CSP = SECURE_CSP | {"img-src": [*PICTURES, "data:"]}
# The admin's icons are data: URLs too, and its jQuery writes HTML from strings (docs/adr/0015-headers.md).
ADMIN_CSP = SIGN_IN_CSP | {"require-trusted-types-for": None, "trusted-types": None}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# If the public address starts with https://, every page requires HTTPS.
SERVED_BY_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SERVED_BY_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVED_BY_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_BY_HTTPS
SECURE_HSTS_PRELOAD = SERVED_BY_HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_BY_HTTPS
if SERVED_BY_HTTPS:  # browsers accept __Host- cookies from this host alone, over HTTPS alone (RFC 6265bis, 4.1.3.2)
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # sets no cookie of its own
SECOND_FACTOR = env.optional(
    "SECOND_FACTOR", "approvers" if SERVED_BY_HTTPS else "off", environment.choice("off", "approvers", "everyone")
)
# In seconds. A session ends after SESSION_IDLE without activity, and in any case after SESSION_COOKIE_AGE.
SESSION_IDLE = 60 * env.optional("SESSION_IDLE_MINUTES", 60, environment.number(5, 1440))
SESSION_COOKIE_AGE = 3600 * env.optional("SESSION_HOURS", 12, environment.number(1, 168))
OTP_TOTP_ISSUER = SITE_URL.partition("://")[2]  # the site's name in the authenticator app
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
BEHIND_PROXY = env.optional("BEHIND_PROXY", False, environment.switch)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURITY_CONTACT = env.optional("SECURITY_CONTACT", [], environment.contacts)
SECURITY_POLICY = env.optional("SECURITY_POLICY", "", environment.page_address)

CSRF_FAILURE_VIEW = "recruit_site.editing.form_recovery.csrf_failure"

# The content that load_brochures loads.
FIXTURES_FOLDER = BASE_DIR / "fixtures"

LOGGING = configuration(
    env.optional("LOG_FORMAT", "text" if DEBUG else "json", environment.log_format),
    requests=not DEBUG,  # runserver logs requests itself
)
METRICS_TOKEN = env.optional("METRICS_TOKEN", None, environment.secret)
if METRICS_TOKEN:
    MIDDLEWARE.insert(2, "recruit_site.operations.metrics.count_requests")
