"""Builds the extension module of the compiled functions; everything else is in pyproject.toml."""

import shutil
import sys
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "kernels"), str(ROOT / "src")]

from translation import translated  # noqa: E402  # it is in a folder added above

MADE = Path("build") / "machine.pyx"
MADE.parent.mkdir(exist_ok=True)
MADE.write_text(translated(ROOT / "src"), encoding="utf-8")


class BuildWithExamples(build_py):
    """Copies the package, and the shipped examples into it."""

    def run(self) -> None:  # noqa: D102  # as in setuptools
        super().run()
        if not self.editable_mode:
            shutil.copytree(
                ROOT / "examples", Path(self.build_lib) / "overzicht/examples", dirs_exist_ok=True
            )


machine = Extension(
    "overzicht.names.machine",
    [str(MADE)],
    language="c++",
    include_dirs=["kernels"],
    define_macros=[("Py_LIMITED_API", "0x030b0000")],  # one file for Python 3.11 and later
    py_limited_api=True,
    # no fused multiplication and addition: the same sums on every processor
    extra_compile_args=["-O3", "-ffp-contract=off", "-fvisibility=hidden", "-w"],
    extra_link_args=["-s"],
)
setup(
    ext_modules=cythonize([machine], quiet=True, force=True),
    cmdclass={"build_py": BuildWithExamples},
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
