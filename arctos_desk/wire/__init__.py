"""What travels between laptops and rests in logs: canonical bytes, sealed operations, clocks, frontiers.

Touches no disk and no network.
"""
