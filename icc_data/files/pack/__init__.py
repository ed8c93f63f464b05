"""A view as a document to hand round: what stands in it is decided once, and four writers make a file of it."""

from icc_data.files.pack.benchmark import benchmark_pack, city_benchmark
from icc_data.files.pack.city import city_pack
from icc_data.files.pack.memory import Memory
from icc_data.files.pack.model import Pack
from icc_data.files.pack.policy_area import policy_area_pack
from icc_data.files.pack.review import Asked, review_pack
from icc_data.files.pack.selection import selection_pack
from icc_data.files.pack.writing import PACKS, PAPERS, write

__all__ = [
    "PACKS",
    "PAPERS",
    "Asked",
    "Memory",
    "Pack",
    "benchmark_pack",
    "city_benchmark",
    "city_pack",
    "policy_area_pack",
    "review_pack",
    "selection_pack",
    "write",
]
