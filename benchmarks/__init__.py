"""Scripts that measure this project, and its peers beside it, on generated and on collected reports."""
