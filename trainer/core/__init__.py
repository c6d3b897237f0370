"""The pure heart of the trainer: no clock, no dice, no I/O."""
