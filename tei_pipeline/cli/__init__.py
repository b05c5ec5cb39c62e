"""The command line: reads, calls, prints. Results go to standard output, messages and progress to standard error.

One module per command (or pair of commands), each a row of ``COMMANDS``; what they share stands in ``common.py``.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import signal
import sys
from typing import Any, NoReturn

import click

from tei_pipeline import __version__
from tei_pipeline.cli import build, corpus, correct, edited, export, init, look, package, prove, review, status, validate
from tei_pipeline.cli.common import NOTHING_TO_DO, verbosity
from tei_pipeline.errors import PipelineError
from tei_pipeline.messages import Messages
from tei_pipeline.remembered import seldom_collect

INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
COMMANDS = (
    build.build,
    status.status,
    corpus.corpus,
    look.inspect,
    look.explain,
    validate.validate,
    export.export,
    package.package,
    prove.verify,
    prove.restore,
    init.init,
    correct.correct,
    edited.diff,
    edited.learn,
    review.review,
)


class Commands(click.Group):
    """The commands; an expected failure of one becomes its sentence and an exit code."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; raises ``click.exceptions.Exit`` with 1 when it could not go on, with 3 when there was nothing to do."""
        try:
            return super().invoke(context)
        except PipelineError as error:
            context.ensure_object(Messages).error(str(error))
            context.exit(NOTHING_TO_DO if error.nothing else 1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tei-pipeline", message="%(prog)s %(version)s")
@verbosity
def cli() -> None:
    """Plain text of printed works in, TEI P5 digital editions out: structured, proved complete, validated."""


for command in COMMANDS:
    cli.add_command(command)


def main() -> NoReturn:
    """The program ``tei-pipeline``. Exit codes: 0, 1, 2, 3 as the README says; 130 and 143 as shells count an interrupt."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    seldom_collect()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name or a heading that the terminal's encoding lacks is no reason to fail
    code: Any
    try:
        code = cli.main(standalone_mode=False) or 0
        if sys.stdout is not None:
            sys.stdout.flush()  # here, because what fails at the very end is a traceback and exit code 120
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except SystemExit as ended:  # SIGTERM; or nobody reads standard output any more
        code = ended.code
    except OSError as error:  # every file has its own sentence; what is left is standard output: a full disk behind it, or nobody reads it
        if error.errno != errno.EPIPE:
            print(f"error: {error.filename or 'standard output'}: cannot be written ({error.strerror or error})", file=sys.stderr)
        with contextlib.suppress(OSError, ValueError):  # what is still in the buffer would fail again
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    if code in (INTERRUPTED, TERMINATED):
        print("interrupted; every file that was written is whole, and the next run goes on from there", file=sys.stderr)
    gc.freeze()  # what lives now ends with the process; the interpreter would look through all of it for cycles first
    sys.exit(code)
