"""An Lành: software for running a safe, healthy digital space under Vietnamese law."""

__version__ = "0.1.0"
