"""pdfium's functions and constants by their names, handles being plain addresses.

pypdfium2 makes an object of each handle and checks its kind at each call, which is a third of what a page costs that is asked
for every object and character. Must not know: what is asked.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


def __getattr__(name: str) -> Any:  # pypdfium2 names no types
    """The function or constant of that name, made once."""
    value = getattr(pdfium, name)
    if hasattr(value, "argtypes"):
        result, *arguments = map(_plain, (value.restype, *value.argtypes))
        value = ctypes.cast(value, ctypes.CFUNCTYPE(result, *arguments))
    globals()[name] = value
    return value


def _plain(kind: Any) -> Any:
    return ctypes.c_void_p if kind is not None and issubclass(kind, ctypes._Pointer) else kind
