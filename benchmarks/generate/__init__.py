"""Annual reports made from a seed, with the truth of every cell, to measure readers against.

generate(seed, form, oddities) -> Made      the report as laid out, and its truth
writers.WRITERS[format](reports) -> bytes   the same report as a file of any format
"""

from benchmarks.generate.model import Box, Layout, Made, Text, TrueCell, Truth, truth_from_json
from benchmarks.generate.report import BLANKING, ODDITIES, generate

__all__ = [
    "BLANKING",
    "ODDITIES",
    "Box",
    "Layout",
    "Made",
    "Text",
    "TrueCell",
    "Truth",
    "generate",
    "truth_from_json",
]
