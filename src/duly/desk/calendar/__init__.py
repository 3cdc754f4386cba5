"""The Calendar screen: every deadline of the office by month, and the same as an ICS feed."""
