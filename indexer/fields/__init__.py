"""What is known about a report besides its text: one module a concern, each value with its evidence."""
