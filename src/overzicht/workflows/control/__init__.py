"""The control list for a user: installed, shown, searched, compared, and what a new version re-opens."""
