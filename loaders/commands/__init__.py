"""The commands of ``python -m loaders``, one module per group."""
