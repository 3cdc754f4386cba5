"""The Records screen: what is under legal hold, what was collected, what was handed over."""
