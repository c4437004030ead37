"""What alembic runs for every command: use the connection that `models.upgrade` hands over."""

from alembic import context

connection = context.config.attributes["connection"]
# On SQLite too a migration that fails half-way leaves nothing behind.
context.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
