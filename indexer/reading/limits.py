"""What the child process takes away from itself before it touches a stranger's file: memory, time, network.

Linux has all of it. Elsewhere what the platform lacks is left out; the wall clock of the parent always holds.
"""

from __future__ import annotations

import contextlib
import ctypes
import platform
import signal
import struct
import sys
from dataclasses import dataclass

from indexer.reading.guards import MB


@dataclass(frozen=True)
class Limits:
    memory: int = 2_048 * MB  # bytes of address space
    cpu: int = 60  # seconds
    wall: int = 150  # seconds, kept by the parent; longer than `cpu`, for a busy machine
    file: int = 300 * MB  # bytes of any one written file
    answer: int = 400 * MB  # bytes of all that comes back


def apply(limits: Limits) -> None:
    """Bind this process and all its children; cannot be undone."""
    if sys.platform == "linux":
        _die_with_parent()
        close_network()
    if sys.platform != "win32":
        import resource

        for what, most in (
            (resource.RLIMIT_AS, limits.memory),
            (resource.RLIMIT_CPU, limits.cpu),
            (resource.RLIMIT_FSIZE, limits.file),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of address space
                resource.setrlimit(what, (most, most))


_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
_ALLOW, _DENY, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # 13 = EACCES
_AF_UNIX = 1
_IO_URING_SETUP = 425  # the same on all machines; it could open sockets behind the filter's back
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # audit name, number of socket()


class _Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def close_network() -> bool:
    """From now on no process from here down can open a socket to other machines. False where that is not possible."""
    if platform.machine() not in _MACHINES:
        return False
    audit_name, socket_call = _MACHINES[platform.machine()]
    steps = (
        (_LOAD, 0, 0, 4),  # the machine the call is made for
        (_EQUAL, 1, 0, audit_name),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_EQUAL, 4, 0, _IO_URING_SETUP),
        (_EQUAL, 0, 2, socket_call),
        (_LOAD, 0, 0, 16),  # its first argument: the family of the socket
        (_EQUAL, 0, 1, _AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    )
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(steps), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)
