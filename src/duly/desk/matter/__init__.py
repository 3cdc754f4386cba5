"""The Matter screen: one page that tells the whole story of one instrument, and every act that a person does on it."""
