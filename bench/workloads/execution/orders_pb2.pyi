from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Status(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STATUS_UNSPECIFIED: _ClassVar[Status]
    STATUS_PENDING: _ClassVar[Status]
    STATUS_PAID: _ClassVar[Status]
    STATUS_SHIPPED: _ClassVar[Status]
STATUS_UNSPECIFIED: Status
STATUS_PENDING: Status
STATUS_PAID: Status
STATUS_SHIPPED: Status

class Order(_message.Message):
    __slots__ = ("id", "created", "status", "customer", "currency", "note", "items")
    ID_FIELD_NUMBER: _ClassVar[int]
    CREATED_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    id: str
    created: int
    status: Status
    customer: Customer
    currency: str
    note: str
    items: _containers.RepeatedCompositeFieldContainer[Item]
    def __init__(self, id: _Optional[str] = ..., created: _Optional[int] = ..., status: _Optional[_Union[Status, str]] = ..., customer: _Optional[_Union[Customer, _Mapping]] = ..., currency: _Optional[str] = ..., note: _Optional[str] = ..., items: _Optional[_Iterable[_Union[Item, _Mapping]]] = ...) -> None: ...

class Customer(_message.Message):
    __slots__ = ("id", "name", "email", "address")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    id: int
    name: str
    email: str
    address: Address
    def __init__(self, id: _Optional[int] = ..., name: _Optional[str] = ..., email: _Optional[str] = ..., address: _Optional[_Union[Address, _Mapping]] = ...) -> None: ...

class Address(_message.Message):
    __slots__ = ("street", "city", "postcode")
    STREET_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    POSTCODE_FIELD_NUMBER: _ClassVar[int]
    street: str
    city: str
    postcode: str
    def __init__(self, street: _Optional[str] = ..., city: _Optional[str] = ..., postcode: _Optional[str] = ...) -> None: ...

class Item(_message.Message):
    __slots__ = ("sku", "name", "quantity", "cents", "kilograms")
    SKU_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CENTS_FIELD_NUMBER: _ClassVar[int]
    KILOGRAMS_FIELD_NUMBER: _ClassVar[int]
    sku: str
    name: str
    quantity: int
    cents: int
    kilograms: float
    def __init__(self, sku: _Optional[str] = ..., name: _Optional[str] = ..., quantity: _Optional[int] = ..., cents: _Optional[int] = ..., kilograms: _Optional[float] = ...) -> None: ...
