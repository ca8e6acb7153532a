"""What arrives with requests: addresses, heads, timestamps, and the key of the tokens."""

from __future__ import annotations

from random import Random
from urllib.parse import quote

from bench.workloads.generators.draw import between, pick

HOSTS = ("www.example.com", "api.example.com:8443", "shop.example.org", "static.example.net", "localhost:8080")
PATHS = ("/", "/api/v1/orders/{n}", "/users/{n}/cart", "/static/app-{n}.js", "/files/{n}/{word}.pdf", "/search", "/caf%C3%A9/{n}")
WORDS = ("lamp", "wool blanket", "café cups", "USB-C cable", "50% off", "black & white", "Müller", "a+b", "茶壶")
AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
    "curl/8.14.1",
    "okhttp/4.12.0",
)
METHODS = ("GET", "GET", "GET", "GET", "HEAD", "DELETE", "OPTIONS")
LANGUAGES = ("en", "de-CH,de;q=0.9,en;q=0.5", "fr-FR,fr;q=0.8", "en-GB,en;q=0.9")
OFFSETS = ("+01:00", "+02:00", "+03:00", "+05:30", "+05:45", "+09:00", "-03:00", "-03:30", "-05:00", "-08:00")

RSA_KEY = """\
-----BEGIN RSA TESTING KEY-----
MIIEowIBAAKCAQEAsPnoGUOnrpiSqt4XynxA+HRP7S+BSObI6qJ7fQAVSPtRkqso
tWxQYLEYzNEx5ZSHTGypibVsJylvCfuToDTfMul8b/CZjP2Ob0LdpYrNH6l5hvFE
89FU1nZQF15oVLOpUgA7wGiHuEVawrGfey92UE68mOyUVXGweJIVDdxqdMoPvNNU
l86BU02vlBiESxOuox+dWmuVV7vfYZ79Toh/LUK43YvJh+rhv4nKuF7iHjVjBd9s
B6iDjj70HFldzOQ9r8SRI+9NirupPTkF5AKNe6kUhKJ1luB7S27ZkvB3tSTT3P59
3VVJvnzOjaA1z6Cz+4+eRvcysqhrRgFlwI9TEwIDAQABAoIBAEEYiyDP29vCzx/+
dS3LqnI5BjUuJhXUnc6AWX/PCgVAO+8A+gZRgvct7PtZb0sM6P9ZcLrweomlGezI
FrL0/6xQaa8bBr/ve/a8155OgcjFo6fZEw3Dz7ra5fbSiPmu4/b/kvrg+Br1l77J
aun6uUAs1f5B9wW+vbR7tzbT/mxaUeDiBzKpe15GwcvbJtdIVMa2YErtRjc1/5B2
BGVXyvlJv0SIlcIEMsHgnAFOp1ZgQ08aDzvilLq8XVMOahAhP1O2A3X8hKdXPyrx
IVWE9bS9ptTo+eF6eNl+d7htpKGEZHUxinoQpWEBTv+iOoHsVunkEJ3vjLP3lyI/
fY0NQ1ECgYEA3RBXAjgvIys2gfU3keImF8e/TprLge1I2vbWmV2j6rZCg5r/AS0u
pii5CvJ5/T5vfJPNgPBy8B/yRDs+6PJO1GmnlhOkG9JAIPkv0RBZvR0PMBtbp6nT
Y3yo1lwamBVBfY6rc0sLTzosZh2aGoLzrHNMQFMGaauORzBFpY5lU50CgYEAzPHl
u5DI6Xgep1vr8QvCUuEesCOgJg8Yh1UqVoY/SmQh6MYAv1I9bLGwrb3WW/7kqIoD
fj0aQV5buVZI2loMomtU9KY5SFIsPV+JuUpy7/+VE01ZQM5FdY8wiYCQiVZYju9X
Wz5LxMNoz+gT7pwlLCsC4N+R8aoBk404aF1gum8CgYAJ7VTq7Zj4TFV7Soa/T1eE
k9y8a+kdoYk3BASpCHJ29M5R2KEA7YV9wrBklHTz8VzSTFTbKHEQ5W5csAhoL5Fo
qoHzFFi3Qx7MHESQb9qHyolHEMNx6QdsHUn7rlEnaTTyrXh3ifQtD6C0yTmFXUIS
CW9wKApOrnyKJ9nI0HcuZQKBgQCMtoV6e9VGX4AEfpuHvAAnMYQFgeBiYTkBKltQ
XwozhH63uMMomUmtSG87Sz1TmrXadjAhy8gsG6I0pWaN7QgBuFnzQ/HOkwTm+qKw
AsrZt4zeXNwsH7QXHEJCFnCmqw9QzEoZTrNtHJHpNboBuVnYcoueZEJrP8OnUG3r
UjmopwKBgAqB2KYYMUqAOvYcBnEfLDmyZv9BTVNHbR2lKkMYqv5LlvDaBxVfilE0
2riO4p6BaAdvzXjKeRrGNEKoHNBpOSfYCOM16NjL8hIZB1CaV3WbT5oY+jp7Mzd5
7d56RZOE+ERK2uz/7JX9VSsM/LbH9pJibd4e8mikDS9ntciqOH/3
-----END RSA TESTING KEY-----
"""
"""A published key for tests, testRSA2048 of RFC 9500, section 2.1: no secret. It is labelled as such for scanners, too."""

EXAMPLE_HEAD = b"GET /hello.txt HTTP/1.1\r\nUser-Agent: curl/7.64.1\r\nHost: www.example.com\r\nAccept-Language: en, mi\r\n\r\n"
"""The example of RFC 9110, section 3.9."""


def urls(count: int, seed: int) -> bytes:
    """Make different absolute URLs, one a line, each with a query of one to six parameters; `q` is among them."""
    random = Random(seed)
    lines = []
    for number in range(count):
        n = between(random, 1, 99_999)
        path = pick(random, PATHS).format(n=n, word=quote(pick(random, WORDS)))
        query = [f"q={_form(pick(random, WORDS))}", f"page={number}"]
        query += [f"tag={_form(pick(random, WORDS))}" for _ in range(between(random, 0, 3))]
        if random.random() < 0.3:
            query.append("debug=")
        # A signed link.
        if random.random() < 0.2:
            query.append(f"signature={random.getrandbits(256):064x}")
        start = int(random.random() * len(query))
        lines.append(f"https://{pick(random, HOSTS)}{path}?{'&'.join(query[start:] + query[:start])}")
    return ("\n".join(lines) + "\n").encode()


def _form(text: str) -> str:
    """Encode a value as HTML forms do: a plus sign for each space."""
    return quote(text, safe=" ").replace(" ", "+")


def heads(count: int, seed: int) -> bytes:
    """Make heads of HTTP/1.1 requests without bodies, one after the other, as a connection that is kept alive carries them."""
    random = Random(seed)
    out = []
    for _ in range(count):
        n = between(random, 1, 99_999)
        fields = [
            f"Host: {pick(random, HOSTS)}",
            f"User-Agent: {pick(random, AGENTS)}",
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            f"Accept-Language: {pick(random, LANGUAGES)}",
            "Accept-Encoding: gzip, deflate, br, zstd",
            "Connection: keep-alive",
        ]
        if random.random() < 0.6:
            fields.append(f"Cookie: session={random.getrandbits(128):032x}; theme=dark; consent={n}")
        if random.random() < 0.4:
            fields.append(f"Authorization: Bearer {random.getrandbits(512):0128x}")
        if random.random() < 0.5:
            fields += [f"X-Forwarded-For: 10.0.{n % 250}.{n % 199}", "X-Forwarded-Proto: https"]
        if random.random() < 0.5:
            fields.append(f"traceparent: 00-{random.getrandbits(128):032x}-{random.getrandbits(64):016x}-01")
        if random.random() < 0.2:
            fields.append(f'If-None-Match: "{random.getrandbits(64):016x}"')
        target = f"{pick(random, PATHS).format(n=n, word='lamp')}?page={n}"
        out.append("\r\n".join([f"{pick(random, METHODS)} {target} HTTP/1.1", *fields, "", ""]))
    return "".join(out).encode()


def timestamps(count: int, seed: int) -> bytes:
    """Make timestamps of RFC 3339, one a line, to the second and with offsets; none is of UTC."""
    random = Random(seed)
    lines = []
    for _ in range(count):
        date = f"{between(random, 2024, 2027)}-{between(random, 1, 12):02}-{between(random, 1, 28):02}"
        clock = f"{between(random, 0, 23):02}:{between(random, 0, 59):02}:{between(random, 0, 59):02}"
        lines.append(f"{date}T{clock}{pick(random, OFFSETS)}")
    return ("\n".join(lines) + "\n").encode()


def rsa_key() -> bytes:
    """Return the test key in PEM."""
    return RSA_KEY.replace("TESTING KEY", "PRIVATE KEY").encode()
