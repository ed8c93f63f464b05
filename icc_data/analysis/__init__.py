"""What follows from answers: frames become other frames and sentences; no SQL, no drawing."""
