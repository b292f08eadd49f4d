"""Benchmarks: what Qingfu costs beside named peers, measured in the same run."""
