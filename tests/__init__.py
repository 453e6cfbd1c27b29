"""The tests. A package, so that `python -m tests.crash` and its neighbours run from the checkout."""
