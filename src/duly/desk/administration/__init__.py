"""The Administration screen: people and their roles, offices, the integrity of the ledger and of the originals."""
