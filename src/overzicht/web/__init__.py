"""The service: pages for people and an interface for programs, both over the same workflows.

To add a resource for programs:

1. models in `api/models/<resource>.py`, made from values of the workflows by `of(…)`; texts that come in are
   `Line` or `Key` of `api/models/shared.py`;
2. a module `api/<resource>.py` with a `router`; a route takes `Here` (the store), who asks (`Reader`,
   `Editor`, `Officer`, `Admin`, `OverallReader`, or `require(role, organisation="name of the parameter")`),
   `OnDay` for a day and `Paged` for pages, and calls one workflow;
3. one line in `registry.py`, and a row for each route in `tests/functional/test_serve_roles.py`.

A family of pages is the same in `pages/`, with `OnPage` for the day, `page.render` for the answer, templates
made of `components.html` and the macros of the reports (`m.table`, `m.row`, `m.badge`), and an `Entry` in the
registry for the menu. Where a body or a form names the organisation, the route asks `who.may(role,
organisation, here.above(organisation))`; what a reader may list is limited to `who.organisations`.

Long work is a function in `work.py`, begun by `here.runner.start`; slow answers that rest on the lists alone
go through `here.memory`. Errors of the layers below need no care: `problems.py` answers them.
"""
