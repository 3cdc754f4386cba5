"""The Law screen: rulebooks as readable law on a chosen date, and "what if" without a matter."""
