"""What is seen: frames become charts and maps."""
