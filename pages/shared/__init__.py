"""What pages share: the session, the filter bar, cards and charts on screen."""
