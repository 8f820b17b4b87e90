"""A Spark cluster on this machine for tests: a master and worker processes of their own, on loopback."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

SPARK_HOME = Path(pyspark.__file__).parent
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
_SECONDS = 90  # that a loaded machine may need to start a Java process


@dataclass(frozen=True)
class Cluster:
    """The master's address, the worker processes, and where they log."""

    address: str
    workers: tuple[int, ...]
    logs: tuple[Path, ...]

    def executors(self) -> list[int]:
        """Return the process ids of the executors that run now."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                command = (folder / "cmdline").read_bytes()
            except (OSError, ValueError, IndexError):
                continue  # it ended while we looked
            if parent in self.workers and b"CoarseGrainedExecutorBackend" in command:
                found.append(int(folder.name))
        return sorted(found)

    def ends(self) -> list[str]:
        """Return what the workers say of executors that came to their end."""
        text = "".join(log.read_text(encoding="utf-8", errors="replace") for log in self.logs)
        return re.findall(r"Executor \S+ finished with state .*", text)


def _awaited(log: Path, pattern: str) -> str:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if found := re.search(pattern, log.read_text(encoding="utf-8", errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(f"{log.name}: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@contextmanager
def _process(arguments: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"SPARK_HOME": str(SPARK_HOME), "SPARK_LOCAL_IP": "127.0.0.1"}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(SPARK_HOME / "bin" / "spark-class"), *arguments],
            stdout=out, stderr=subprocess.STDOUT, env=environment,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Yield a cluster of `workers` processes, each with one core; it is gone when the block ends."""
    common = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
    with ExitStack() as stack:
        log = folder / "master.log"
        stack.enter_context(_process([_MASTER, *common], log))
        address = _awaited(log, r"Starting Spark master at (spark://\S+)")
        pids, logs = [], [folder / f"worker-{number}.log" for number in range(workers)]
        for number, log in enumerate(logs):
            own = ["--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work-{number}")]
            pids.append(stack.enter_context(_process([_WORKER, *common, *own, address], log)).pid)
        for log in logs:
            _awaited(log, r"(Successfully registered with master)")
        yield Cluster(address, tuple(pids), tuple(logs))
