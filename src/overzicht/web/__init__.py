"""The service: pages for people and an interface for programs, both over the same workflows.

Where a new thing goes: a resource for programs is a module in `api/`, a family of pages one in `pages/`, each
with a `router`; one line in `registry.py` makes it part of the service. `page.render` answers with a page,
`auth.require` says who may ask, `problems` what is answered when it cannot be.
"""
