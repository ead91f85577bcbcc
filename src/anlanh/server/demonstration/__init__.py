"""Demonstration organisations: invented people and pages, taken through the real actions on a first start."""

from anlanh.server.demonstration.build import build, sign_ins

__all__ = ["build", "sign_ins"]
