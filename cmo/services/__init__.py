"""What people do with a casebook: one function a use case, each with its actor."""
