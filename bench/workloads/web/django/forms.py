"""Validation: Django's forms, with fields that do not convert.

A form expects what HTML sends, which is text: it would take the text "3" for the number, and the number for the text. JSON has
types, so the fields here ask for them.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

# the rule of all servers, on both sides: Django's own for addresses is a longer one
address = RegexValidator(r"^[^@\s]+@[^@\s]+\.[^@\s]+\Z", "Enter an address.")


class Text(forms.CharField):
    """A text, as it was sent."""

    def to_python(self, value: object) -> str | None:
        if isinstance(value, str) or value in self.empty_values:
            return super().to_python(value)
        raise ValidationError("Enter a text.", code="invalid")


class Integer(forms.IntegerField):
    """An integer. A truth value is one to Python, and none in JSON."""

    def to_python(self, value: object) -> int | None:
        if type(value) is int or value in self.empty_values:
            return super().to_python(value)
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class OrderForm(forms.Form):
    """What a client orders."""

    customer = Text(max_length=100, strip=False)
    email = Text(strip=False, validators=[address])
    quantity = Integer(min_value=1, max_value=1000)
    price = Integer(min_value=0, max_value=1_000_000)


def order(body: bytes) -> OrderForm:
    """Return the form with what a request sent. What is no JSON object has none of the fields, and each is missed."""
    try:
        sent: Any = json.loads(body)
    except ValueError:
        sent = {}
    return OrderForm(sent if isinstance(sent, dict) else {})
