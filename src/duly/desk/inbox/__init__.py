"""The Inbox screen: everything that came in and is no matter yet, with progress, refusals and duplicates."""
