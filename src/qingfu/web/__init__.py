"""Web: server-rendered pages; one module per room."""
