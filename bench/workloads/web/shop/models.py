"""The shop's tables, as SQLAlchemy maps them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """What all tables have in common."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Customer(Base):
    """Who buys."""

    __tablename__ = "customers"

    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(100), unique=True)
    addresses: Mapped[list[Address]] = relationship(back_populates="customer", passive_deletes="all")
    orders: Mapped[list[Order]] = relationship(back_populates="customer", passive_deletes="all")
    reviews: Mapped[list[Review]] = relationship(back_populates="customer", passive_deletes="all")


class Address(Base):
    """Where a customer wants parcels."""

    __tablename__ = "addresses"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    street: Mapped[str] = mapped_column(String(100))
    city: Mapped[str] = mapped_column(String(100))
    postcode: Mapped[str] = mapped_column(String(20))
    customer: Mapped[Customer] = relationship(back_populates="addresses")


class Category(Base):
    """A shelf."""

    __tablename__ = "categories"

    name: Mapped[str] = mapped_column(String(100), unique=True)
    products: Mapped[list[Product]] = relationship(back_populates="category", passive_deletes="all")


class Supplier(Base):
    """Who delivers to the shop."""

    __tablename__ = "suppliers"

    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(100))
    products: Mapped[list[Product]] = relationship(back_populates="supplier", passive_deletes="all")


class Product(Base):
    """What is sold."""

    __tablename__ = "products"

    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("suppliers.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    cents: Mapped[int]
    category: Mapped[Category] = relationship(back_populates="products")
    supplier: Mapped[Supplier] = relationship(back_populates="products")
    reviews: Mapped[list[Review]] = relationship(back_populates="product", passive_deletes="all")


class Order(Base):
    """What a customer has ordered at once."""

    __tablename__ = "orders"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))
    customer: Mapped[Customer] = relationship(back_populates="orders")
    lines: Mapped[list[Line]] = relationship(back_populates="order", passive_deletes="all")
    payments: Mapped[list[Payment]] = relationship(back_populates="order", passive_deletes="all")
    shipments: Mapped[list[Shipment]] = relationship(back_populates="order", passive_deletes="all")


class Line(Base):
    """A product of an order."""

    __tablename__ = "lines"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    quantity: Mapped[int]
    cents: Mapped[int]
    order: Mapped[Order] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship()


class Payment(Base):
    """What was paid of an order."""

    __tablename__ = "payments"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    method: Mapped[str] = mapped_column(String(20))
    cents: Mapped[int]
    order: Mapped[Order] = relationship(back_populates="payments")


class Shipment(Base):
    """A parcel with goods of an order."""

    __tablename__ = "shipments"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    carrier: Mapped[str] = mapped_column(String(20))
    tracking: Mapped[str] = mapped_column(String(100))
    order: Mapped[Order] = relationship(back_populates="shipments")


class Review(Base):
    """What a customer says of a product."""

    __tablename__ = "reviews"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    stars: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))
    customer: Mapped[Customer] = relationship(back_populates="reviews")
    product: Mapped[Product] = relationship(back_populates="reviews")
