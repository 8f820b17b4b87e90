"""diligence."""
