"""The views of the pages as tables at addresses: ``/data/practices.csv?country=spain`` and the like."""
