"""Run migrations on the connection that the store hands over."""

from alembic import context

from overzicht.store.schema import metadata

# Constraints and indexes without a name get one by the naming convention of the metadata.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
