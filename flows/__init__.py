"""Prefect flows, thin: a task round each step of `vanthu.pipeline`."""
