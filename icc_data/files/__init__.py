"""What is taken away: frames and views become tables, pictures, documents and citations."""
