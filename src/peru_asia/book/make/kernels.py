"""Kernels that begin where another process stopped: with their packages loaded.

To load pandas, Altair and the kernel itself takes over a second of a processor for each chapter.
Python's own fork server does it once, and every kernel is a copy of it. It loads nothing of this
package, so that what a chapter loads of it can still be told.
"""

import gc
import os
import signal
import sys
import time
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

_LOADED = ["altair", "ipykernel.kernelapp", "jsonschema", "myst_nb", "pandas", "yaml"]
# Elsewhere a copy of a process that has loaded the system's own libraries may not work.
AVAILABLE = sys.platform == "linux"


class Kernels(AsyncKernelManager):
    """Starts a kernel as a copy, where the system can."""

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        # A trait is declared as one, and takes what it stands for.
        self.kernel_id = self.kernel_id or str(uuid4())  # ty: ignore[invalid-assignment]
        if AVAILABLE and self.provisioner is None:
            self.provisioner = _Copied(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**options)


class _Copied(LocalProvisioner):
    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        context = get_context("forkserver")
        context.set_forkserver_preload(_LOADED)
        arguments = cmd[cmd.index("-f") :]  # what stands before them starts a Python
        log = Path(options["stderr"].name)
        process = context.Process(
            target=_begin, args=(arguments, options["env"], options["cwd"], log), daemon=True
        )
        process.start()
        self.process, self.pid, self.pgid = _Process(process), process.pid, process.pid
        return self.connection_info


class _Process:
    """A process of ``multiprocessing`` as Jupyter expects those of ``subprocess``."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self._process.pid or 0, number)

    def __getattr__(self, name: str) -> Any:  # kill, terminate
        return getattr(self._process, name)


def _begin(arguments: list[str], env: Mapping[str, str], folder: str, log: Path) -> None:
    from ipykernel.kernelapp import IPKernelApp

    gc.freeze()  # what has been loaded is no garbage, and there is much of it to look through
    gc.set_threshold(100_000)
    os.setsid()  # Ctrl-C is for the build, which then ends its kernels
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(folder)
    with log.open("ab") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # It ends with its parent, the fork server, which ends with the build.
    IPKernelApp.launch_instance(argv=arguments, parent_handle=os.getppid())
