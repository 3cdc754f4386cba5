"""The office's own policy: written by counsel beside its checks, approved by another person, in versions kept for ever."""
