"""How fast it is, as ratios: both sides of each are measured in the same run."""
