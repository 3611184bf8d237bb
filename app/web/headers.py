"""Security headers of every answer."""

from __future__ import annotations

from flask import Flask, Response

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
}
_ONE_YEAR = "max-age=31536000; includeSubDomains"


def init_headers(app: Flask) -> None:
    """Add the headers to every answer, errors and redirects too."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _ALWAYS.items():
            response.headers[name] = value
        if app.config.get("PULIH_PRODUCTION"):
            response.headers["Strict-Transport-Security"] = _ONE_YEAR
        # Whatever does not say that it may be kept holds personal data, or a log-in form.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
