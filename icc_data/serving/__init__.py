"""What a server adds to every answer, and what it says of itself; written for ASGI, without Streamlit."""
