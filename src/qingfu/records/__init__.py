"""Records: the only storey with tables; it decides, faces ask."""
