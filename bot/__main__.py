"""The command line `jiefen`: options only; what a command does stands in `bot.cli`.

Exit 0 done, 1 refused or failed (one clear line on stderr), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.errors import JiefenError
from bot.settings import Settings, read_settings
from nlp.errors import NlpError

Command = Callable[[argparse.Namespace, Settings], None]
PORT_AT_MOST = 65535
YEARS = range(2000, 2200)  # in which a shop can have had disputes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options, read_settings())
    except (JiefenError, NlpError) as error:
        _tell(str(error))
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        line = of_machine(error)
        if line is None:
            raise
        _tell(line)
        return 1
    return 0


def _tell(why: str) -> None:
    """Print the one line of the contract; where a file has several mistakes, all on stdout."""
    first, *others = why.splitlines() or [""]
    if others:
        print(why, flush=True)  # noqa: T201  found by the command, like that of policy check
        first += " (the first of several mistakes, all are on stdout)"
    print(f"jiefen: {first}", file=sys.stderr)  # noqa: T201  the one line of the contract


def of_machine(error: Exception) -> str | None:
    """Return the one line for a disk or database that fails; None for a fault of the program."""
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}"
    databases = sys.modules.get("sqlalchemy.exc")  # not loaded where no database is used
    if databases and isinstance(
        error, databases.OperationalError | databases.ProgrammingError | databases.DataError
    ):
        return f"the database failed: {str(error.orig).strip().splitlines()[0]}"
    return None


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong; `--help` tells the rest."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= PORT_AT_MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: choose 1 to {PORT_AT_MOST}")
    return int(text)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write YYYY-MM-DD") from None
    if day.year not in YEARS:
        first, last = YEARS[0], YEARS[-1]
        raise argparse.ArgumentTypeError(f"{text!r} lies outside the years {first}–{last}")
    return day


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="jiefen", description="解纷: settles order disputes"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serving(commands)
    _add_classifier(commands)
    _add_shop(commands)
    return parser


if TYPE_CHECKING:  # argparse gives this type no public name
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def _add(
    commands: _Commands, name: str, help_text: str, command: Command
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text)
    parser.set_defaults(command=command)
    return parser


def _add_serving(commands: _Commands) -> None:
    demo = _add(commands, "demo", "a throwaway shop with sample orders, in its own home", _demo)
    serve = _add(commands, "serve", "web, console, channels and workers in one process", _serve)
    for parser in (demo, serve):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=_port, default=8080)
    _add(commands, "worker", "workers only, beside one PostgreSQL", _worker)
    _add(commands, "chat", "talk to the bot in the terminal", _chat)


def _add_classifier(commands: _Commands) -> None:
    classify = _add(commands, "classify", "what messages are about", _classify)
    given = classify.add_mutually_exclusive_group()
    given.add_argument("texts", nargs="*", metavar="TEXT", default=[])
    given.add_argument("--file", help="one message a line; - is standard input")
    classify.add_argument("--jsonl", action="store_true", help="one JSON object a line")
    train = _add(commands, "train", "train an artefact from the corpus", _train)
    train.add_argument("--corpus", type=Path, help="folder of .tsv files (default: data/corpus)")
    train.add_argument(
        "--promote", action="store_true", help="put it into service unless it does worse"
    )
    train.add_argument("--json", action="store_true", help="each stage and the end, a JSON a line")
    evaluate = _add(commands, "evaluate", "judge the artefact in service", _evaluate)
    evaluate.add_argument("file", type=Path, metavar="FILE.tsv")
    evaluate.add_argument("--json", action="store_true")
    evaluate.add_argument("--report", type=Path, metavar="DIR", help="write a page with pictures")
    artefacts = _group(commands, "artefacts", "trained artefacts")
    _add(artefacts, "list", "all artefacts, the one in service starred", _artefacts_list)
    promote = _add(artefacts, "promote", "put an artefact into service", _artefacts_promote)
    promote.add_argument("id")
    _add(artefacts, "rollback", "go back to the artefact before", _artefacts_rollback)


def _add_shop(commands: _Commands) -> None:
    orders = _group(commands, "orders", "the embedded order book")
    importing = _add(orders, "import", "import orders; all or nothing", _orders_import)
    importing.add_argument("file", type=Path, metavar="FILE.jsonl|.csv|.xlsx")
    _add(orders, "schema", "the order record's JSON Schema", _orders_schema)
    staff = _group(commands, "staff", "who may answer customers")
    adding = _add(staff, "add", "add a member of staff, or renew their access", _staff_add)
    adding.description = "A renewed password ends the old one, its sessions and the API token."
    adding.add_argument("name")
    adding.add_argument("--role", required=True, choices=("agent", "supervisor", "admin"))
    adding.add_argument("--token", action="store_true", help="print an API token instead")
    leaving = _add(staff, "disable", "let somebody who left sign in no more", _staff_disable)
    leaving.add_argument("name")
    known = _add(staff, "telegram", "who somebody is in the agents' group", _staff_telegram)
    known.description = "Whoever is not known yet is told their number when they write there."
    known.add_argument("name")
    known.add_argument("number", help="their Telegram number, or none")
    policy = _group(commands, "policy", "the shop's policy")
    check = _add(policy, "check", "find mistakes and gaps in a policy", _policy_check)
    check.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    schema = _add(policy, "schema", "write the JSON Schemas for editors", _policy_schema)
    schema.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    replay = _add(policy, "replay", "what another policy would have decided", _policy_replay)
    replay.add_argument("folder", type=Path, metavar="DIR")
    report = _add(commands, "report", "a period's disputes, for the review meeting", _report)
    report.add_argument("--from", dest="first", type=_day, required=True)
    report.add_argument("--to", dest="last", type=_day, required=True)
    report.add_argument("--out", type=Path, required=True, metavar="DIR")
    dossier = _add(commands, "dossier", "all that is on record about a dispute", _dossier)
    dossier.add_argument("dispute", type=int, metavar="ID")
    dossier.add_argument("--out", type=Path, required=True, metavar="FILE.html")
    database = _group(commands, "db", "the database")
    _add(database, "upgrade", "bring the schema up to this release", _db_upgrade)


def _group(commands: _Commands, name: str, help_text: str) -> _Commands:
    group: argparse.ArgumentParser = commands.add_parser(name, help=help_text)
    return group.add_subparsers(required=True, metavar="COMMAND")


# The imports below are inside the functions on purpose: `jiefen orders schema` must not wait for
# the web server's and the classifier's libraries.


def _demo(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.serving import run_demo

    run_demo(settings, options.host, options.port)


def _serve(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.serving import run_serve

    run_serve(settings, options.host, options.port)


def _worker(_options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.serving import run_worker

    run_worker(settings)


def _chat(_options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.chat import run_chat

    run_chat(settings)


def _classify(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.classifier import run_classify

    run_classify(settings, options.texts, options.file, options.jsonl)


def _train(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.classifier import run_train

    run_train(settings, options.corpus, promoting=options.promote, as_json=options.json)


def _evaluate(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.classifier import run_evaluate

    run_evaluate(settings, options.file, as_json=options.json, report_dir=options.report)


def _artefacts_list(_options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.classifier import run_artefacts_list

    run_artefacts_list(settings)


def _artefacts_promote(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.classifier import run_artefacts_promote

    run_artefacts_promote(settings, options.id)


def _artefacts_rollback(_options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.classifier import run_artefacts_rollback

    run_artefacts_rollback(settings)


def _orders_import(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.shop import run_orders_import

    run_orders_import(settings, options.file)


def _orders_schema(_options: argparse.Namespace, _settings: Settings) -> None:
    from bot.cli.shop import run_orders_schema

    run_orders_schema()


def _staff_add(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.shop import run_staff_add

    run_staff_add(settings, options.name, options.role, with_token=options.token)


def _staff_telegram(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.shop import run_staff_telegram

    run_staff_telegram(settings, options.name, options.number)


def _staff_disable(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.shop import run_staff_disable

    run_staff_disable(settings, options.name)


def _policy_check(options: argparse.Namespace, _settings: Settings) -> None:
    from bot.cli.shop import run_policy_check

    run_policy_check(options.folder)


def _policy_schema(options: argparse.Namespace, _settings: Settings) -> None:
    from bot.cli.shop import run_policy_schema

    run_policy_schema(options.folder)


def _policy_replay(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.shop import run_policy_replay

    run_policy_replay(settings, options.folder)


def _report(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.shop import run_report

    run_report(settings, options.first, options.last, options.out)


def _dossier(options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.shop import run_dossier

    run_dossier(settings, options.dispute, options.out)


def _db_upgrade(_options: argparse.Namespace, settings: Settings) -> None:
    from bot.cli.shop import run_db_upgrade

    run_db_upgrade(settings)


if __name__ == "__main__":
    sys.exit(main())
