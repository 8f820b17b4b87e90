"""Limits of a child process: memory, processor time, files, and system calls."""

import contextlib
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from overzicht.safereading import LIMITS

MEGABYTE = 1_000_000
MOST_OPEN_FILES = 128
WAIT_FACTOR = 5  # waiting time on a busy machine, as a multiple of the processor time
FORBIDDEN = (  # network, other programs, other processes, and the machine
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmmsg",
    "execve", "execveat", "fork", "vfork", "kill", "tkill", "ptrace", "process_vm_readv", "process_vm_writev",
    "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "mount", "umount2", "pivot_root", "chroot", "unshare",
    "setns", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "keyctl", "add_key", "request_key",
    "init_module", "finit_module", "kexec_load", "reboot", "swapon", "swapoff", "setuid", "setgid",
    "symlink", "symlinkat", "link", "linkat", "rename", "renameat", "renameat2", "chmod", "fchmod",
    "fchmodat", "chown", "fchown", "lchown", "fchownat", "truncate", "mknod", "mknodat", "mkdir", "mkdirat",
    "rmdir", "setxattr", "shmget", "msgget", "semget", "mq_open", "prlimit64", "setrlimit",
)  # fmt: skip
WRITING = ("unlink", "unlinkat", "creat")  # allowed only to a reader with temporary files
_CLONE_THREAD = 0x10000
_ENOSYS = 38
_EPERM = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading one file.

    Seconds of processor time are `seconds` plus `seconds_per_megabyte` of the file, as it is on disk; the
    parent waits at most `WAIT_FACTOR` times that. `memory` is in bytes, on top of the program itself.
    `output` and `output_factor` (times the size of the file) limit the bytes of the content.
    `temporary` is the largest temporary file in bytes; 0 forbids writing.
    """

    seconds: int = 10
    seconds_per_megabyte: int = 20
    memory: int = 2_000 * MEGABYTE
    output: int = 100 * MEGABYTE
    output_factor: int = 200
    temporary: int = 0

    def processor_seconds(self, size: int) -> int:
        """Return the seconds of processor time for a file of `size` bytes."""
        return self.seconds + self.seconds_per_megabyte * size // MEGABYTE

    def output_bytes(self, size: int) -> int:
        """Return the largest size of the content of a file of `size` bytes."""
        return self.output + self.output_factor * size


def settled(limits: Limits) -> Limits:
    """Return the limits with the values of `set_limits`."""
    return replace(limits, **LIMITS) if LIMITS else limits


def restrict(limits: Limits, size: int) -> bool:
    """Limit this process for good; returns whether system calls are filtered too."""
    import resource  # noqa: PLC0415 - not on every system

    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")  # without memory, this process ends first
    seconds = limits.processor_seconds(size)
    _limit(resource.RLIMIT_CPU, seconds, seconds + 2)
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_NOFILE, MOST_OPEN_FILES, MOST_OPEN_FILES)
    _limit(resource.RLIMIT_FSIZE, limits.temporary, limits.temporary)
    try:
        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf(
            "SC_PAGE_SIZE"
        )
    except OSError:
        used = 0  # the system does not show the address space of this process
    if used:
        _limit(resource.RLIMIT_AS, used + limits.memory, used + limits.memory)
    may_write = limits.temporary > 0
    seccomp = seccomp_module()
    if seccomp is None:
        return False
    try:
        rules = seccomp.SyscallFilter(seccomp.ALLOW)
        refuse = seccomp.ERRNO(_EPERM)
        for name in (*FORBIDDEN, *(() if may_write else WRITING)):
            with contextlib.suppress(OSError, ValueError, RuntimeError):  # not on this kind of processor
                rules.add_rule(refuse, name)
        rules.add_rule(seccomp.ERRNO(_ENOSYS), "clone3")  # the system library then uses clone
        rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, 0))
        if not may_write:
            for mode in (os.O_WRONLY, os.O_RDWR):
                rules.add_rule(refuse, "open", seccomp.Arg(1, seccomp.MASKED_EQ, os.O_ACCMODE, mode))
                rules.add_rule(refuse, "openat", seccomp.Arg(2, seccomp.MASKED_EQ, os.O_ACCMODE, mode))
            rules.add_rule(seccomp.ERRNO(_ENOSYS), "openat2")
        rules.load()
    except (OSError, ValueError, RuntimeError):
        return False
    return True


def _limit(kind: int, soft: int, hard: int) -> None:
    import resource  # noqa: PLC0415 - not on every system

    most = resource.getrlimit(kind)[1]
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(kind, (soft, hard))


def seccomp_module() -> Any:
    """Return the library that filters system calls; None if it is not installed or does not work here."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        import pyseccomp  # noqa: PLC0415 - an extra
    except (ImportError, OSError, RuntimeError):
        return None
    return pyseccomp
