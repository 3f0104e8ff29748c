"""Report: one module for each format that diagnostics are printed in."""
