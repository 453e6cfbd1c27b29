"""How fast the desk is, each figure beside a baseline that was measured in the same run. Asserts no time anywhere."""
