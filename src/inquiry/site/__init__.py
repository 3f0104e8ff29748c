"""Show: views, templates and pages."""
