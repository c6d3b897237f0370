"""BLAKE2b alone: `hashlib` loads OpenSSL with it, which quick commands would wait for."""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - Pythons that have it elsewhere
    from hashlib import blake2b

__all__ = ["blake2b"]
