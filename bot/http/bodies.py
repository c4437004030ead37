"""Reading what a client sent: whole but bounded, checked, and refused politely.

A body that is too large is read to its end (within reason) and dropped before the refusal is
sent: a client in the middle of its upload would otherwise see a broken connection, no answer.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ValidationError
from pydantic_core import ErrorDetails

from bot.http.problems import FieldError, Problem
from bot.messages import is_blank

M = TypeVar("M", bound=BaseModel)

BODY_AT_MOST = 1 << 20  # bytes of JSON, counted as UTF-8 however the client escaped it
ESCAPES_AT_MOST = 3  # "退" is 3 bytes in UTF-8 and 6 as \u9000; an emoji 4 and 12
FILE_AT_MOST = 10 << 20  # bytes
FIELDS_AT_MOST = 8  # plain fields before the file of a form
FIELDS_SIZE_AT_MOST = 64 << 10  # bytes of all of them
DROPPED_AT_MOST = 100 << 20  # bytes that are read only to be polite
READ_SECONDS = 120.0
CHUNK = 1 << 16
VALUE_TOLD = 40  # characters of a wrong value
# What aiohttp raises on a broken body depends on where it breaks.
BROKEN = (
    web.RequestPayloadError,
    HttpProcessingError,
    ValueError,
    AssertionError,
    RuntimeError,
    EOFError,
)

_MESSAGES = {
    "missing": "必填",
    "extra_forbidden": "不认识的字段",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "too_short": "不能为空",  # a text that a validator saw first is a thing with items to pydantic
    "too_long": "太长",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "太大",
    "finite_number": "应为整数",
    "int_parsing": "应为整数",
    "float_parsing": "应为数字",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "model_type": "应为 JSON 对象",
}


def storable(value: Any) -> Any:
    """Replace what no database and no UTF-8 can hold: NUL and halves of surrogate pairs."""
    if not isinstance(value, str):
        return value
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")


def not_a_choice(value: object) -> str:
    """Return how a value that is none of those allowed is refused: named, and cut when long."""
    told = str(storable(str(value)))
    return f"“{told if len(told) <= VALUE_TOLD else told[:VALUE_TOLD] + '…'}”不是可选的值"


def _visible(text: str) -> str:
    if is_blank(text):
        raise ValueError("不能为空")
    return text


Words = Annotated[str, BeforeValidator(storable)]
Said = Annotated[Words, AfterValidator(_visible)]  # words that somebody is to read


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file of a form, and the plain fields that came before it."""

    content: bytes
    fields: Mapping[str, str]


async def read_json(request: web.Request, model: type[M]) -> M:
    """Read a JSON body into the model; an absent body counts as {}."""
    raw = await _read(request)
    if not raw:
        return check(model, {})
    if request.content_type != "application/json" and not request.content_type.endswith("+json"):
        raise Problem(415, "请求内容应为 JSON（Content-Type: application/json）。")
    return check(model, _parse(raw))


def check(model: type[M], values: Any) -> M:
    """Build the model or refuse, naming each field that is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        errors = [_field_error(item) for item in error.errors(include_url=False)]
    detail = "；".join(f"{item.field}：{item.message}" for item in errors)
    raise Problem(422, detail, errors=errors)


async def read_file(request: web.Request, field: str) -> ReceivedFile:
    """Stream the form's file out of a multipart body, whatever its announced type."""
    if request.content_type != "multipart/form-data":
        raise Problem(415, "请用 multipart/form-data 上传文件。")
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await _find_file(request, field)
    except TimeoutError:
        raise Problem(408, "上传太慢，请检查网络后重试。") from None
    except BROKEN:
        raise Problem(400, "上传的表单不完整，请重试。") from None


async def _read(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(READ_SECONDS):
            raw = await _gather(
                request.content.iter_chunked(CHUNK), BODY_AT_MOST * ESCAPES_AT_MOST
            )
    except TimeoutError:
        raise Problem(408) from None
    except BROKEN:
        raise Problem(400, "请求内容不完整，请重试。") from None
    if raw is None:
        raise Problem(413, "一次发送的内容不能超过 1 MB，请分几次发送。")
    return raw


async def _gather(chunks: AsyncIterator[bytes], limit: int) -> bytes | None:
    """Return everything, or None when it was more than the limit; all of it is read."""
    kept, size = bytearray(), 0
    async for chunk in chunks:
        size += len(chunk)
        if size <= limit:
            kept += chunk
        elif size > DROPPED_AT_MOST:
            break
        else:
            kept.clear()
    return bytes(kept) if size <= limit else None


def _parse(raw: bytes) -> Any:
    try:
        values = json.loads(raw)
        too_large = len(raw) > BODY_AT_MOST and _utf8_size(values) > BODY_AT_MOST
    except (ValueError, RecursionError):
        raise Problem(400, "请求内容不是有效的 JSON。") from None
    if too_large:
        raise Problem(413, "一次发送的内容不能超过 1 MB，请分几次发送。")
    return values


def _utf8_size(values: Any) -> int:
    return len(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace"))


async def _find_file(request: web.Request, wanted: str) -> ReceivedFile:
    fields: dict[str, str] = {}
    size = count = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise Problem(422, "表单里不能再嵌套表单。")
        if part.name == wanted:
            content = await _gather(_chunks(part), FILE_AT_MOST)
            if content is None:
                await _gather(request.content.iter_chunked(CHUNK), 0)
                raise Problem(413, "文件不能超过 10 MB，请压缩后再发。")
            return ReceivedFile(content, fields)
        text = await _gather(_chunks(part), FIELDS_SIZE_AT_MOST)
        count += 1
        size += FIELDS_SIZE_AT_MOST + 1 if text is None else len(text)
        if count > FIELDS_AT_MOST or size > FIELDS_SIZE_AT_MOST:
            await _gather(request.content.iter_chunked(CHUNK), 0)
            raise Problem(422, "表单里的字段太多或太长。")
        fields[part.name or ""] = storable((text or b"").decode("utf-8", "replace"))
    missing = FieldError(field=wanted, message="必填")
    raise Problem(422, f"请选择要上传的文件（字段 {wanted}）。", errors=[missing])


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(CHUNK):
        yield chunk


def _field_error(error: ErrorDetails) -> FieldError:
    field = ".".join(str(step) for step in error["loc"]) or "body"
    if error["type"] == "value_error":
        return FieldError(field=field, message=str(error["ctx"]["error"]))
    if error["type"] in {"literal_error", "enum"}:
        return FieldError(field=field, message=not_a_choice(error["input"]))
    return FieldError(field=field, message=_MESSAGES.get(error["type"], error["msg"]))
