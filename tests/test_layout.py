"""The house's walls: who imports whom, who owns which library, what lies at the top."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application import use_cases
from importlinter.application.ports.reporting import Report

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = [c["name"] for c in PROJECT["tool"]["importlinter"]["contracts"]]
TOP = {
    ".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "bot",
    "constraints.txt", "data", "docs", "models", "nlp", "pyproject.toml", "tests",
}  # fmt: skip
PACKAGES = ("bot", "models", "nlp")
# An outside library, and the only files or folders that may import it.
OWNERS = {
    "telegram": ("bot/channels/",),
    "jieba": ("nlp/segment.py",),
    "sklearn": ("nlp/",),
    "scipy": ("nlp/",),
    "numpy": ("nlp/",),
    "opencc": ("nlp/normalise.py",),
    "alembic": ("models/",),
    "argon2": ("bot/desk/staff.py",),
    "openpyxl": ("bot/orders/",),
    "prometheus_client": ("bot/http/",),
    "structlog": ("bot/logs.py",),
    "PIL": ("bot/channels/",),
}


@pytest.fixture(scope="module")
def report() -> Report:
    """The findings of import-linter about every contract."""
    configuration.configure()
    options = use_cases.read_user_options(str(ROOT / "pyproject.toml"))
    use_cases._register_contract_types(options)
    return use_cases.create_report(options, cache_dir=None)


@pytest.mark.parametrize("name", CONTRACTS)
def test_an_import_contract_is_kept(report: Report, name: str) -> None:
    (check,) = [
        check for contract, check in report.get_contracts_and_checks() if contract.name == name
    ]
    assert check.kept, check.metadata


@pytest.mark.parametrize("package", ["bot", "bot.conversation"])
def test_every_room_stands_in_the_layers(package: str) -> None:
    placed = {
        room.strip()
        for contract in PROJECT["tool"]["importlinter"]["contracts"]
        for layer in contract.get("layers", ())
        for room in layer.split("|")
    }
    folder = ROOT.joinpath(*package.split("."))
    rooms = {f"{package}.{path.stem}" for path in folder.iterdir() if _is_module(path)}
    assert rooms - placed == set()


def _is_module(path: Path) -> bool:
    if path.is_dir():
        return (path / "__init__.py").exists()
    return path.suffix == ".py" and path.stem != "__init__"


def test_nothing_unknown_lies_at_the_top() -> None:
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607  whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    tracked = {line.strip('"').split("/")[0] for line in listed.splitlines()}
    assert tracked, "this is a checkout"
    assert tracked - TOP == set()


def test_every_package_is_listed_for_the_install() -> None:
    found = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for package in PACKAGES
        for file in (ROOT / package).rglob("__init__.py")
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield every source file with its syntax tree."""
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            yield file.relative_to(ROOT).as_posix(), tree


TREES = dict(sources())


def imported(tree: ast.Module) -> set[str]:
    """Return the top-level names that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def attributes(tree: ast.Module) -> set[str]:
    """Return every `name.attribute` of a file."""
    return {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


@pytest.mark.parametrize("library", OWNERS)
def test_an_outside_library_has_its_owners(library: str) -> None:
    users = {file for file, tree in TREES.items() if library in imported(tree)}
    strangers = {file for file in users if not file.startswith(OWNERS[library])}
    assert strangers == set()


@pytest.mark.parametrize(
    ("names", "owner"),
    [
        ({"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}, "bot/clock.py"),
        ({"os.environ", "os.getenv"}, "bot/settings.py"),
    ],
    ids=["the time", "the environment"],
)
def test_what_lies_outside_is_read_in_one_place(names: set[str], owner: str) -> None:
    readers = {file for file, tree in TREES.items() if names & attributes(tree)}
    assert readers <= {owner}


def test_nothing_is_unpickled() -> None:
    pickling = {file for file, tree in TREES.items() if imported(tree) & {"pickle", "shelve"}}
    assert pickling == set()
    # joblib shares work among processes here; its files are pickles, and stay unused.
    taken = {
        name.name
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "joblib"
        for name in node.names
    }
    assert taken == {"Parallel", "delayed"}
    assert not any(_imports_whole(tree, "joblib") for tree in TREES.values())


def _imports_whole(tree: ast.Module, module: str) -> bool:
    """Whether `import module` stands there, by which all of it can be reached."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    return any(alias.name == module for node in nodes for alias in node.names)
