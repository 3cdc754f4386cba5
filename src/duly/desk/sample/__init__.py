"""The sample: stories told as data, taken through the real intake and the real commands, each thing at its own moment."""

from duly.desk.sample.loading import Loaded, load

__all__ = ["Loaded", "load"]
