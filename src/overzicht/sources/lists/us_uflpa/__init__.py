"""The American list of parties whose goods are presumed to be made with forced labour (UFLPA)."""
