"""What a casebook holds: kinds of record, vocabularies, positions in texts. No input or output."""
