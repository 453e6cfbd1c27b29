"""Two hundred files that nobody should hand to a desk: each is answered in words, and the open event stays as it is."""
