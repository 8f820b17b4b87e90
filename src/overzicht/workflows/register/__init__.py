"""The equipment register: devices and their history, inventories, statements, plans, tasks and publishing.

Every function takes the open `Store` first. A function that writes also takes an `Actor` (`evidence.actor`)
and is one transaction. An unknown id raises UnknownNameError. A change that is not possible raises
RegisterError. Both errors state the fix. An organisation is an id, and includes everything below it.
"""
