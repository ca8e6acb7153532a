from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Size(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SIZE_UNSPECIFIED: _ClassVar[Size]
    SIZE_SHORT: _ClassVar[Size]
    SIZE_LONG: _ClassVar[Size]
SIZE_UNSPECIFIED: Size
SIZE_SHORT: Size
SIZE_LONG: Size

class GetRequest(_message.Message):
    __slots__ = ("id", "size")
    ID_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    id: int
    size: Size
    def __init__(self, id: _Optional[int] = ..., size: _Optional[_Union[Size, str]] = ...) -> None: ...

class ListRequest(_message.Message):
    __slots__ = ("first", "count", "size")
    FIRST_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    first: int
    count: int
    size: Size
    def __init__(self, first: _Optional[int] = ..., count: _Optional[int] = ..., size: _Optional[_Union[Size, str]] = ...) -> None: ...

class Document(_message.Message):
    __slots__ = ("id", "body")
    ID_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    id: int
    body: str
    def __init__(self, id: _Optional[int] = ..., body: _Optional[str] = ...) -> None: ...
