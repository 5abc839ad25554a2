"""What a case is, where it is kept, how it is found and shown. Knows no search engine."""
