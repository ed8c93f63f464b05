"""A view as a document to hand round: one content, four files."""
