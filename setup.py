"""Builds the extension module of the compiled functions; everything else is in pyproject.toml."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "kernels"), str(ROOT / "src")]

from translation import translated  # noqa: E402  # it is in a folder added above

SOURCES = ("rigour", "ToJyutping")  # the libraries that the content comes from, next to our own facts
SHIPPED = ("jyutping-*", "known-parties-*", "maker-cards-*", "territories-*")
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


class BuildWithContent(build_ext):
    """Builds the module, and the content that the first answer of an installation needs.

    Only where the libraries of the product are installed, as in `make wheel`. Elsewhere the first answer
    makes it.
    """

    def run(self) -> None:  # noqa: D102  # as in setuptools
        super().run()
        if self.inplace or self.editable_mode or not all(map(find_spec, SOURCES)):
            return
        package = Path(self.build_lib).resolve() / "overzicht"
        shutil.rmtree(package / "prepared", ignore_errors=True)
        (package / "prepared").mkdir()
        with TemporaryDirectory() as scratch:
            around = {
                "PYTHONPATH": str(package.parent),
                "PYTHONDONTWRITEBYTECODE": "1",
                "XDG_CACHE_HOME": scratch,
                "OVERZICHT_HOME": scratch,
            }
            command = [sys.executable, "-m", "overzicht", "screen", "one", "Hikvision"]
            answer = subprocess.run(  # noqa: S603  # our own code
                command, cwd=scratch, env=os.environ | around, capture_output=True, text=True, check=False
            )
            if answer.returncode:
                sys.exit(f"the built product does not answer: {answer.stderr}")
            for pattern in SHIPPED:
                (content,) = Path(scratch).glob(f"overzicht/derived/*/{pattern}")
                shutil.copyfile(content, package / "prepared" / content.name)
        for library in SOURCES:
            (licence,) = (path for path in distribution(library).files or () if path.name == "LICENSE")
            shutil.copyfile(licence.locate(), package / "prepared" / f"LICENSE-{library}")


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
    cmdclass={"build_ext": BuildWithContent, "build_py": BuildWithExamples},
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
