"""Giới hạn: what a process that reads a file may use. Set on the child before it opens the file; programs it starts inherit it."""

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path

MOST_PAGES = 3000
"""More pages are rejected: a file of 10,000 would keep the office's other papers waiting for a day."""

_GB = 1 << 30
_CPU_SECONDS = 6 * 3600
_FILE_BYTES = 2 * _GB
_FILES = 512
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def confine() -> None:
    """Bounds on memory, processor time, size and number of files; no core dumps; no network; the first to go when memory ends."""
    _bound(resource.RLIMIT_AS, memory())
    _bound(resource.RLIMIT_CPU, _CPU_SECONDS)
    _bound(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _bound(resource.RLIMIT_NOFILE, _FILES)
    _bound(resource.RLIMIT_CORE, 0)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")
    without_network()


def memory() -> int:
    """Bytes of address space: three quarters of what the machine has, at least 3 GB, and what threads reserve and do not use."""
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(3 * _GB, there * 3 // 4) + (os.cpu_count() or 1) * _GB // 8


def without_network() -> None:
    """A network of its own without any device, where the kernel lets us; and no sockets in Python, where it does not."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) and not libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    sys.addaudithook(_no_sockets)


def _no_sockets(event: str, _: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        raise PermissionError(event)


def _bound(what: int, value: int) -> None:
    """Never above what holds already."""
    _, hard = resource.getrlimit(what)
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (most, most))
