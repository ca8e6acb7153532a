"""Turns raw invocations into ratios with intervals, flags and verdicts. Pure functions: nothing here reads or writes."""
