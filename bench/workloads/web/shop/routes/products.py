"""Products, their categories, and who delivers them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from bench.workloads.web.shop import models, schemas, store
from bench.workloads.web.shop.store import Listed, Session

categories = APIRouter(prefix="/categories")
suppliers = APIRouter(prefix="/suppliers")
products = APIRouter(prefix="/products")


@categories.get("", response_model=list[schemas.Category])
async def list_categories(part: Listed, session: Session) -> Sequence[models.Category]:
    return await store.rows(session, models.Category, part)


@categories.post("", status_code=201, response_model=schemas.Category)
async def create_category(fields: schemas.CategoryFields, session: Session) -> models.Category:
    return await store.create(session, models.Category, fields)


@categories.get("/{id}", response_model=schemas.Category)
async def read_category(id: int, session: Session) -> models.Category:
    return await store.row(session, models.Category, id)


@categories.put("/{id}", response_model=schemas.Category)
async def update_category(id: int, fields: schemas.CategoryFields, session: Session) -> models.Category:
    return await store.update(session, models.Category, id, fields)


@categories.delete("/{id}", status_code=204)
async def delete_category(id: int, session: Session) -> None:
    await store.delete(session, models.Category, id)


@suppliers.get("", response_model=list[schemas.Supplier])
async def list_suppliers(part: Listed, session: Session) -> Sequence[models.Supplier]:
    return await store.rows(session, models.Supplier, part)


@suppliers.post("", status_code=201, response_model=schemas.Supplier)
async def create_supplier(fields: schemas.SupplierFields, session: Session) -> models.Supplier:
    return await store.create(session, models.Supplier, fields)


@suppliers.get("/{id}", response_model=schemas.Supplier)
async def read_supplier(id: int, session: Session) -> models.Supplier:
    return await store.row(session, models.Supplier, id)


@suppliers.put("/{id}", response_model=schemas.Supplier)
async def update_supplier(id: int, fields: schemas.SupplierFields, session: Session) -> models.Supplier:
    return await store.update(session, models.Supplier, id, fields)


@suppliers.delete("/{id}", status_code=204)
async def delete_supplier(id: int, session: Session) -> None:
    await store.delete(session, models.Supplier, id)


@products.get("", response_model=list[schemas.Product])
async def list_products(part: Listed, session: Session) -> Sequence[models.Product]:
    return await store.rows(session, models.Product, part)


@products.post("", status_code=201, response_model=schemas.Product)
async def create_product(fields: schemas.ProductFields, session: Session) -> models.Product:
    return await store.create(session, models.Product, fields)


@products.get("/{id}", response_model=schemas.Product)
async def read_product(id: int, session: Session) -> models.Product:
    return await store.row(session, models.Product, id)


@products.put("/{id}", response_model=schemas.Product)
async def update_product(id: int, fields: schemas.ProductFields, session: Session) -> models.Product:
    return await store.update(session, models.Product, id, fields)


@products.delete("/{id}", status_code=204)
async def delete_product(id: int, session: Session) -> None:
    await store.delete(session, models.Product, id)
