"""How a thing is declared once: what a caller can do, and who asks for it."""
