"""The one part that pyproject.toml can't say: the native core of screening, which an installation can do without."""

from pathlib import Path

from setuptools import Extension, setup

NATIVE = Path("src/anlanh/screening/native")

setup(
    ext_modules=[
        Extension(
            "anlanh.screening.native._core",
            sources=sorted(str(path) for path in NATIVE.glob("*.c")),
            depends=sorted(str(path) for path in NATIVE.glob("*.h")),
            extra_compile_args=["-O3", "-std=c11", "-fvisibility=hidden"],
            py_limited_api=True,
            optional=True,  # without a compiler the plain Python matchers answer
        )
    ]
)
