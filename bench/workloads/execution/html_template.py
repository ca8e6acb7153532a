"""A page with a table, made from a Jinja template with autoescape.

Jinja compiles a template to Python, so bytecode does the work; MarkupSafe, which escapes the texts, does so in C.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from jinja2 import Environment

PAGE = Environment(autoescape=True).from_string(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Orders</title></head><body><table>'
    "<tr><th>Order</th><th>Customer</th><th>Product</th><th>Quantity</th><th>Total</th><th>Status</th><th>Note</th></tr>"
    '{% for row in rows %}<tr class="{{ row.status }}">'
    "<td>{{ row.number }}</td><td>{{ row.customer }}</td><td>{{ row.product }}</td>"
    "<td>{{ row.quantity }}</td><td>{{ row.total }}</td>"
    "<td>{{ row.status }}</td><td>{% if row.note %}<em>{{ row.note }}</em>{% endif %}</td>"
    "</tr>{% endfor %}</table></body></html>"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    number: int
    customer: str
    product: str
    quantity: int
    total: str
    status: str
    note: str


def prepare(rows: bytes) -> dict[str, list[Row]]:
    return {"rows": [Row(**row) for row in json.loads(rows)]}


def run(rows: list[Row]) -> bytes:
    return PAGE.render(rows=rows).encode()
