"""A command that reads a document of orders from its input, and prints what they cost in cents."""

from __future__ import annotations

import json
import sys

document = json.load(sys.stdin.buffer)
total = sum(item["quantity"] * item["cents"] for order in document["orders"] for item in order["items"])
sys.stdout.write(f"{total}\n")
