"""The overview as one self-contained page: template, stylesheet, pictures and what they show."""
