"""Runs the migrations of an event file on the connection it is handed.

Imports nothing of the program, so that old migrations keep working.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
with context.begin_transaction():
    context.run_migrations()
