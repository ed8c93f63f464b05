"""Everything of the atlas that is not the screen: from published practices to answers."""
