"""Runs a screening benchmark as on a processor without AVX-512: with a core built for AVX2 at most, and a C library told so.

Usage: python -m benchmarks.limited NAME [its arguments]     as in python -m benchmarks.limited screening_posts --entries 1000000
"""

import importlib.util
import os
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path

CORE = "ANLANH_BENCHMARK_CORE"
TUNABLES = "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-AVX512CD,-AVX512DQ,-AVX512_VNNI"
NAME = "anlanh.screening.native._core"


def built(work: Path) -> Path:
    """The core, built in that directory for AVX2 at most."""
    words = [sys.executable, "setup.py", "--quiet", "build_ext", "--build-lib", work, "--build-temp", work / "made"]
    environment = {**os.environ, "CFLAGS": f"{os.environ.get('CFLAGS', '')} -DNO_AVX512"}
    subprocess.run(words, env=environment, check=True, cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL)
    return next(work.rglob("_core*.so"))


def main() -> int:
    """Starts itself anew under the limits; there it runs the benchmark with the other core."""
    if core := os.environ.get(CORE):
        spec = importlib.util.spec_from_file_location(NAME, core)
        sys.modules[NAME] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[NAME])
        sys.argv = sys.argv[1:]
        print("a core built for AVX2 at most, and a C library that uses no AVX-512")
        runpy.run_module(f"benchmarks.{sys.argv[0]}", run_name="__main__", alter_sys=True)
        return 0
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as work:
        environment = {**os.environ, CORE: str(built(Path(work))), "GLIBC_TUNABLES": TUNABLES}
        return subprocess.run([sys.executable, "-m", "benchmarks.limited", *sys.argv[1:]], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
