"""The packages that cells use import a module only when a name of it is used."""

import importlib
import pickle
import subprocess
import sys

import pytest

from peru_asia import indicators

PACKAGES = ("book", "charts", "indicators")
# Completed in a new interpreter, where nothing but the code before has imported a module.
COMPLETED = """
from inspect import isclass, isfunction, ismodule
from peru_asia import {package}
for module in filter(ismodule, [getattr({package}, name) for name in {package}.__all__]):
    assert dir(module), module
    for name, value in [(name, getattr(module, name)) for name in dir(module)]:
        alias = getattr(value, "__name__", "") != name
        made_here = alias or value.__module__ == module.__name__
        if ismodule(value) or (isclass(value) or isfunction(value)) and not made_here:
            print(module.__name__, name)
print(dir({package}) == sorted(dir({package})) == sorted({package}.__all__))
"""


def loaded_by(code: str) -> set[str]:
    """Return the modules that a new interpreter has loaded after some code."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(run.stdout.split())


def test_the_imports_of_a_chapter_load_no_module_behind_the_names():
    loaded = loaded_by("from peru_asia import book, charts, data, indicators as ind")
    assert not loaded & {"altair", "docutils", "frictionless", "myst_nb", "sphinx", "vl_convert"}
    below = tuple(f"peru_asia.{package}." for package in PACKAGES)
    assert not [name for name in loaded if name.startswith(below)]


def test_a_measure_loads_its_own_module_alone():
    loaded = loaded_by("from peru_asia import indicators as ind; ind.share; ind.exposure.loss")
    assert {"peru_asia.indicators.shares", "peru_asia.indicators.exposure"} <= loaded
    assert not loaded & {"altair", "peru_asia.indicators.prices", "peru_asia.indicators.votes"}


def test_a_chart_loads_its_module_and_leaves_the_theme_of_other_charts():
    loaded = loaded_by(
        "from peru_asia import charts; charts.trade\n"
        "import altair; assert altair.theme.active == 'default'"
    )
    assert "peru_asia.charts.subjects.trade" in loaded
    assert "peru_asia.charts.kinds.maps" not in loaded


def test_a_figure_needs_nothing_of_the_build():
    assert not loaded_by("from peru_asia import book; book.figure") & {"docutils", "sphinx"}


@pytest.mark.parametrize("package", PACKAGES)
def test_completion_offers_the_public_names_and_each_is_there(package):
    module = importlib.import_module(f"peru_asia.{package}")
    assert dir(module) == module.__all__ == sorted(set(module.__all__))
    for name in module.__all__:
        assert getattr(module, name) is getattr(module, name)


@pytest.mark.parametrize("package", [*PACKAGES, "data"])
@pytest.mark.parametrize("before", ["", "from peru_asia.charts.subjects import scenarios, baskets"])
def test_completion_offers_nothing_that_was_imported(package, before):
    run = subprocess.run(
        [sys.executable, "-c", before + COMPLETED.format(package=package)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout == "True\n"


def test_a_module_completes_to_what_it_makes():
    assert dir(indicators.exposure) == [
        "Base", "CHANNELS", "Channel", "basket_change", "loss", "loss_bounds"
    ]  # fmt: skip
    assert "pd" in vars(indicators.exposure)


@pytest.mark.parametrize("package", PACKAGES)
def test_an_unknown_name_is_named(package):
    module = importlib.import_module(f"peru_asia.{package}")
    with pytest.raises(AttributeError, match=f"'peru_asia.{package}' has no attribute 'sharee'"):
        _ = module.sharee
    with pytest.raises(ImportError, match="sharee"):
        exec(f"from peru_asia.{package} import sharee")


def test_functions_pickle():
    assert pickle.loads(pickle.dumps(indicators.share)) is indicators.share
