"""What comes in: files become records, are judged, and are added to data/."""
