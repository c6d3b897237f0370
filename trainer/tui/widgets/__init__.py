"""One widget for each answer form, and the few parts that screens share."""
