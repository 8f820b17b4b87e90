"""The service: pages for people and an interface for programs, both over the same workflows.

To add a resource to the interface:

1. a module `api/<resource>.py` with a `router` and the models of its requests; texts in requests have a type
   of `fields.py`. A route takes a context by its role (`Reader`, `Editor`, `Officer`, `Admin`,
   `OverallReader`, `SomeEditor`), `OnDay` for a date and `Paged` for pages, and calls one workflow;
2. one line in `registry.py`, and a row for each route in `tests/functional/test_serve_roles.py`.

Pages are the same in `pages/`, with `PageReader` and so on; `context.render` gives the answer. Templates use
`components.html` and the macros of the reports (`m.table`, `m.row`, `m.badge`), and the registry has an
`Entry` for the menu. A route checks an organisation itself with `context.check_seen` and
`context.check_changes`.

Long work is a function in `work.py`, started by `context.start_job`. Slow answers that depend only on the
lists go through `context.cache`. Errors of the layers below need no handling: `problems.py` answers them.
"""
