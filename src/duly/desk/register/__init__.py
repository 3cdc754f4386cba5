"""The Register screen: the public, de-identified figures of an office, as a page, as data, and as a statement."""
