"""The desk's look: the stylesheet's source, and collecting the static files into the data folder."""
