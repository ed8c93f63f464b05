"""What the data is made of: what a valid cell, record, term, year text and place is."""
