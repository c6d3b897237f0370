"""What was made to harm: texts, files and folders, and what becomes of them."""
