"""The one policy of screening: the scores at which a name is, or may be, that of a listed party."""

POSSIBLE_SCORE = 0.3  # below the engine's own threshold; from it on a person has to look
