"""What can be asked: what is chosen, its SQL, and one function a question."""
