"""Papers that nobody has seen: random data, layouts, makers and damage, with the truth, to measure how well intake reads."""
