"""Durable work beside the pages: reading papers, step by step, resumed where it stopped."""
