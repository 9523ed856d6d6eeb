"""Static files: the ones that pages use, under names with their content's hash, compressed once."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(StaticFilesConfig):
    """Leaves out what the libraries ship for other ways of building pages."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "css/bootstrap-*",
        "css/bootstrap.css*",
        "css/bootstrap.rtl.css*",
        "js/bootstrap.esm*",
        "js/bootstrap.js*",
        "js/bootstrap.min.js*",
        "js/bootstrap.bundle.js*",
        "browser-test-bundle.js",
        "dom.js",
        "*.ts",
        "package.json",
        "*.md",
        "LICENSE-MIT",
        "tus.js",
        "tus.js.map",
        "django_htmx/ext/*",
        "django_htmx/htm*-4*",
        "django_htmx/htmx-2.js",
    ]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also rewrites the imports between ES modules."""

    support_js_module_import_aggregation = True
