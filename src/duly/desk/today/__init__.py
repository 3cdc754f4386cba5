"""The Today screen: what is due, by clock; what waits for me; what was received."""
