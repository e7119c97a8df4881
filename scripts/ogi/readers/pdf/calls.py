"""pdfium's functions and constants by their names, handles being plain addresses.

pypdfium2 makes an object of each handle and checks its kind at each call, which is a third of what a page costs that is asked
for every object and character. Must not know: what is asked.
"""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium


def __getattr__(name: str) -> object:
    """The function or constant of that name, made once."""
    value = getattr(pdfium, name)
    if hasattr(value, "argtypes"):
        result, *arguments = map(_plain, (value.restype, *value.argtypes))
        value = ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(value, ctypes.c_void_p).value)
    globals()[name] = value
    return value


def _plain(kind: type | None) -> type | None:
    return ctypes.c_void_p if kind is not None and issubclass(kind, ctypes._Pointer) else kind
