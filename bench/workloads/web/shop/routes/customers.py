"""Customers, their addresses, and what they say of products."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from bench.workloads.web.shop import models, schemas, store
from bench.workloads.web.shop.store import Listed, Session

customers = APIRouter(prefix="/customers")
addresses = APIRouter(prefix="/addresses")
reviews = APIRouter(prefix="/reviews")


@customers.get("", response_model=list[schemas.Customer])
async def list_customers(part: Listed, session: Session) -> Sequence[models.Customer]:
    return await store.rows(session, models.Customer, part)


@customers.post("", status_code=201, response_model=schemas.Customer)
async def create_customer(fields: schemas.CustomerFields, session: Session) -> models.Customer:
    return await store.create(session, models.Customer, fields)


@customers.get("/{id}", response_model=schemas.Customer)
async def read_customer(id: int, session: Session) -> models.Customer:
    return await store.row(session, models.Customer, id)


@customers.put("/{id}", response_model=schemas.Customer)
async def update_customer(id: int, fields: schemas.CustomerFields, session: Session) -> models.Customer:
    return await store.update(session, models.Customer, id, fields)


@customers.delete("/{id}", status_code=204)
async def delete_customer(id: int, session: Session) -> None:
    await store.delete(session, models.Customer, id)


@addresses.get("", response_model=list[schemas.Address])
async def list_addresses(part: Listed, session: Session) -> Sequence[models.Address]:
    return await store.rows(session, models.Address, part)


@addresses.post("", status_code=201, response_model=schemas.Address)
async def create_address(fields: schemas.AddressFields, session: Session) -> models.Address:
    return await store.create(session, models.Address, fields)


@addresses.get("/{id}", response_model=schemas.Address)
async def read_address(id: int, session: Session) -> models.Address:
    return await store.row(session, models.Address, id)


@addresses.put("/{id}", response_model=schemas.Address)
async def update_address(id: int, fields: schemas.AddressFields, session: Session) -> models.Address:
    return await store.update(session, models.Address, id, fields)


@addresses.delete("/{id}", status_code=204)
async def delete_address(id: int, session: Session) -> None:
    await store.delete(session, models.Address, id)


@reviews.get("", response_model=list[schemas.Review])
async def list_reviews(part: Listed, session: Session) -> Sequence[models.Review]:
    return await store.rows(session, models.Review, part)


@reviews.post("", status_code=201, response_model=schemas.Review)
async def create_review(fields: schemas.ReviewFields, session: Session) -> models.Review:
    return await store.create(session, models.Review, fields)


@reviews.get("/{id}", response_model=schemas.Review)
async def read_review(id: int, session: Session) -> models.Review:
    return await store.row(session, models.Review, id)


@reviews.put("/{id}", response_model=schemas.Review)
async def update_review(id: int, fields: schemas.ReviewFields, session: Session) -> models.Review:
    return await store.update(session, models.Review, id, fields)


@reviews.delete("/{id}", status_code=204)
async def delete_review(id: int, session: Session) -> None:
    await store.delete(session, models.Review, id)
