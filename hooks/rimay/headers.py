"""What a browser may do with the site: one policy, for the pages themselves and for the hosts that send headers."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # the search is WebAssembly
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'self'",
}
#: Content-Security-Policy of every page, also where the host sends no headers.
POLICY = "; ".join(f"{name} {sources}" for name, sources in _SOURCES.items())
_FEATURES = (
    *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer"),
    *("microphone", "midi", "otp-credentials", "payment", "publickey-credentials-get", "serial", "storage-access"),
    *("usb", "window-management", "xr-spatial-tracking"),
)
#: What a host sends with every file. Only headers can forbid frames; and they reach PDF files, which browsers show
#: by means of an object of their own.
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; object-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=15552000",
}
#: An address with a mark of its content never changes; anything else is asked for again at every visit, so that
#: what was withdrawn is gone.
_KEEP, _ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
_RULES = """\
# For Netlify and Cloudflare Pages. Whatever is not said here they have browsers ask for again, as it should be.
{root}*
{headers}
{root}assets/:file
  Cache-Control: {keep}
"""
_APACHE = """\
# For Apache and LiteSpeed, as shared hosting has them.
ErrorDocument 404 {root}404.html
FileETag None
AddDefaultCharset utf-8
AddType text/calendar .ics
<IfModule mod_headers.c>
{headers}
Header set Cache-Control "{ask_again}"
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteCond %{{QUERY_STRING}} ^v=
RewriteRule ^assets/ - [E=RIMAY_MARKED:1]
Header set Cache-Control "{keep}" env=RIMAY_MARKED
</IfModule>
</IfModule>
<IfModule mod_deflate.c>
<IfModule mod_filter.c>
AddOutputFilterByType DEFLATE text/html text/css text/plain text/csv text/calendar text/xml text/javascript
AddOutputFilterByType DEFLATE application/javascript application/json application/xml application/atom+xml image/svg+xml
</IfModule>
</IfModule>
"""


def create_headers(site_url: str, homes: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Paths and files that tell hosts what to send. Each home but the first only says where its lost readers go."""
    root = urlsplit(site_url).path or "/"
    rules = _RULES.format(root=root, keep=_KEEP, headers=_list("  {}: {}"))
    yield "_headers", rules.encode()
    apache = _APACHE.format(root=root, keep=_KEEP, ask_again=_ASK_AGAIN, headers=_list('Header always set {} "{}"'))
    for home in homes:
        words = f"ErrorDocument 404 {root}{home}404.html\n" if home else apache
        yield f"{home}.htaccess", words.encode()


def _list(line: str) -> str:
    return "\n".join(line.format(name, value) for name, value in HEADERS.items())
