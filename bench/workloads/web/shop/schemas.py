"""What clients send and get, as Pydantic validates and serialises it. A text is no number: nothing is converted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[int, Field(ge=1, le=2_147_483_647)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Email = Annotated[str, Field(max_length=100, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Short = Annotated[str, Field(min_length=1, max_length=20)]
Cents = Annotated[int, Field(ge=1, le=100_000_000)]


class Fields(BaseModel):
    """What a client sends of a row."""

    model_config = ConfigDict(strict=True)


class Row(BaseModel):
    """What a client gets of one: the fields with the id that the database gave it."""

    model_config = ConfigDict(from_attributes=True, strict=False)

    id: int


class CustomerFields(Fields):
    """Of a customer."""

    name: Name
    email: Email


class Customer(CustomerFields, Row):
    """A customer."""


class AddressFields(Fields):
    """Of an address."""

    customer_id: Id
    street: Name
    city: Name
    postcode: Short


class Address(AddressFields, Row):
    """An address."""


class CategoryFields(Fields):
    """Of a category."""

    name: Name


class Category(CategoryFields, Row):
    """A category."""


class SupplierFields(Fields):
    """Of a supplier."""

    name: Name
    email: Email


class Supplier(SupplierFields, Row):
    """A supplier."""


class ProductFields(Fields):
    """Of a product."""

    category_id: Id
    supplier_id: Id
    name: Name
    cents: Cents


class Product(ProductFields, Row):
    """A product."""


class OrderFields(Fields):
    """Of an order."""

    customer_id: Id
    status: Literal["open", "paid", "sent"]


class Order(OrderFields, Row):
    """An order."""


class LineFields(Fields):
    """Of a line."""

    order_id: Id
    product_id: Id
    quantity: Annotated[int, Field(ge=1, le=1000)]
    cents: Cents


class Line(LineFields, Row):
    """A line."""


class PaymentFields(Fields):
    """Of a payment."""

    order_id: Id
    method: Literal["card", "invoice", "transfer"]
    cents: Cents


class Payment(PaymentFields, Row):
    """A payment."""


class ShipmentFields(Fields):
    """Of a shipment."""

    order_id: Id
    carrier: Short
    tracking: Name


class Shipment(ShipmentFields, Row):
    """A shipment."""


class ReviewFields(Fields):
    """Of a review."""

    customer_id: Id
    product_id: Id
    stars: Annotated[int, Field(ge=1, le=5)]
    text: Annotated[str, Field(min_length=1, max_length=1000)]


class Review(ReviewFields, Row):
    """A review."""
