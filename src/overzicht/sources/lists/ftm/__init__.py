"""FollowTheMoney entities as OpenSanctions publishes them: many lists and registers in one vocabulary."""
