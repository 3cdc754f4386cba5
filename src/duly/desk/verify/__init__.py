"""The Verify screen: the page beside its fields; nothing that moves a deadline is taken from a machine unconfirmed."""
