"""What customers upload is judged by its content; its name and announced type prove nothing."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from bot.errors import NotAllowed
from bot.messages import Upload

MIMES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
PDF = "application/pdf"
# A JPEG is decoded at an eighth of its size, so only its header can be too large.
PIXELS_AT_MOST = {"JPEG": 89_000_000}
PIXELS_AT_MOST_ELSE = 40_000_000
APPLE_BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc")


class UploadRefused(NotAllowed):
    """The file is not what it must be; nothing of it was stored."""


def check_upload(content: bytes) -> Upload:
    """Return the upload with its true type; raises UploadRefused with a Chinese sentence.

    Decodes the whole photo, which takes up to a second: call it beside the event loop.
    """
    if not content:
        raise UploadRefused("文件是空的，请重新选择。")
    if content.startswith(b"%PDF-"):
        return Upload(content=content, mime=PDF)
    if content[4:8] == b"ftyp" and content[8:12] in APPLE_BRANDS:
        raise UploadRefused("暂不支持 HEIC 照片，请存成 JPG 后再发，或直接发截图。")
    return Upload(content=content, mime=MIMES[_decode(content)])


def is_photo(upload: Upload) -> bool:
    """Say whether it can be looked at as evidence; anything else is a document."""
    return upload.mime != PDF


def _decode(content: bytes) -> str:
    """Return the image's format after decoding all of it: a header alone is easily faked."""
    try:
        with Image.open(io.BytesIO(content), formats=tuple(MIMES)) as image:
            kind = image.format or ""
            _check_size(image, kind)
            image.draft("RGB", (image.width // 8, image.height // 8))
            image.load()
    except UnidentifiedImageError:
        raise UploadRefused("只能发送照片（JPG、PNG、WebP、GIF）或 PDF 文件。") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UploadRefused("照片的尺寸太大，请缩小后再发。") from None
    except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError):
        # Pillow raises whatever its decoders meet in a broken or made-up file.
        raise UploadRefused("这个文件打不开，不是完整的照片，请重新拍摄或选择。") from None
    return kind


def _check_size(image: Image.Image, kind: str) -> None:
    if image.width * image.height > PIXELS_AT_MOST.get(kind, PIXELS_AT_MOST_ELSE):
        raise UploadRefused("照片的尺寸太大，请缩小后再发。")
