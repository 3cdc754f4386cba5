"""What the desk keeps: the ledger's entries (the truth), the originals, and views that can be built again from them."""
