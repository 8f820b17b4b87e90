"""EU listings as printed in the Official Journal, from a transcription of the annexes of the acts."""
