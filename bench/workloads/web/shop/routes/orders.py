"""Orders, their lines, and what was paid and sent of them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from bench.workloads.web.shop import models, schemas, store
from bench.workloads.web.shop.store import Listed, Session

orders = APIRouter(prefix="/orders")
lines = APIRouter(prefix="/lines")
payments = APIRouter(prefix="/payments")
shipments = APIRouter(prefix="/shipments")


@orders.get("", response_model=list[schemas.Order])
async def list_orders(part: Listed, session: Session) -> Sequence[models.Order]:
    return await store.rows(session, models.Order, part)


@orders.post("", status_code=201, response_model=schemas.Order)
async def create_order(fields: schemas.OrderFields, session: Session) -> models.Order:
    return await store.create(session, models.Order, fields)


@orders.get("/{id}", response_model=schemas.Order)
async def read_order(id: int, session: Session) -> models.Order:
    return await store.row(session, models.Order, id)


@orders.put("/{id}", response_model=schemas.Order)
async def update_order(id: int, fields: schemas.OrderFields, session: Session) -> models.Order:
    return await store.update(session, models.Order, id, fields)


@orders.delete("/{id}", status_code=204)
async def delete_order(id: int, session: Session) -> None:
    await store.delete(session, models.Order, id)


@lines.get("", response_model=list[schemas.Line])
async def list_lines(part: Listed, session: Session) -> Sequence[models.Line]:
    return await store.rows(session, models.Line, part)


@lines.post("", status_code=201, response_model=schemas.Line)
async def create_line(fields: schemas.LineFields, session: Session) -> models.Line:
    return await store.create(session, models.Line, fields)


@lines.get("/{id}", response_model=schemas.Line)
async def read_line(id: int, session: Session) -> models.Line:
    return await store.row(session, models.Line, id)


@lines.put("/{id}", response_model=schemas.Line)
async def update_line(id: int, fields: schemas.LineFields, session: Session) -> models.Line:
    return await store.update(session, models.Line, id, fields)


@lines.delete("/{id}", status_code=204)
async def delete_line(id: int, session: Session) -> None:
    await store.delete(session, models.Line, id)


@payments.get("", response_model=list[schemas.Payment])
async def list_payments(part: Listed, session: Session) -> Sequence[models.Payment]:
    return await store.rows(session, models.Payment, part)


@payments.post("", status_code=201, response_model=schemas.Payment)
async def create_payment(fields: schemas.PaymentFields, session: Session) -> models.Payment:
    return await store.create(session, models.Payment, fields)


@payments.get("/{id}", response_model=schemas.Payment)
async def read_payment(id: int, session: Session) -> models.Payment:
    return await store.row(session, models.Payment, id)


@payments.put("/{id}", response_model=schemas.Payment)
async def update_payment(id: int, fields: schemas.PaymentFields, session: Session) -> models.Payment:
    return await store.update(session, models.Payment, id, fields)


@payments.delete("/{id}", status_code=204)
async def delete_payment(id: int, session: Session) -> None:
    await store.delete(session, models.Payment, id)


@shipments.get("", response_model=list[schemas.Shipment])
async def list_shipments(part: Listed, session: Session) -> Sequence[models.Shipment]:
    return await store.rows(session, models.Shipment, part)


@shipments.post("", status_code=201, response_model=schemas.Shipment)
async def create_shipment(fields: schemas.ShipmentFields, session: Session) -> models.Shipment:
    return await store.create(session, models.Shipment, fields)


@shipments.get("/{id}", response_model=schemas.Shipment)
async def read_shipment(id: int, session: Session) -> models.Shipment:
    return await store.row(session, models.Shipment, id)


@shipments.put("/{id}", response_model=schemas.Shipment)
async def update_shipment(id: int, fields: schemas.ShipmentFields, session: Session) -> models.Shipment:
    return await store.update(session, models.Shipment, id, fields)


@shipments.delete("/{id}", status_code=204)
async def delete_shipment(id: int, session: Session) -> None:
    await store.delete(session, models.Shipment, id)
