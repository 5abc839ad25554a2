"""How reports get in, and the index. All of the index can be deleted and made again."""
