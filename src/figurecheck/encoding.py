"""From bytes to the text that they are in UTF-8, or to what is wrong with them and where."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE


class NotText(ValueError):
    """Bytes that are no text in UTF-8: what is wrong, at which byte (from 0) and line (from 1)."""

    def __init__(self, wrong: str, data: bytes, byte: int) -> None:
        super().__init__(wrong)
        self.byte = byte
        self.line = data.count(b"\n", 0, byte) + 1


def decoded(data: bytes) -> str:
    """Give the text without its byte order mark; raises NotText."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = f"byte 0x{data[error.start]:02x} is not UTF-8"
        wrong += ", it begins UTF-16" * data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        raise NotText(wrong, data, error.start) from None
    if "\0" in text:
        wrong = "a zero byte"
        raise NotText(wrong, data, data.index(b"\0"))
    return text
