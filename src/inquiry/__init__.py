"""Inquiry turns a folder of research notes into a site of inquiring lines."""

__version__ = "0.1.0"
