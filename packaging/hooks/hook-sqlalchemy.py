"""Of all the databases, the one the desk keeps its events in. Alembic brings a few others along by itself."""

hiddenimports = ["sqlalchemy.dialects.sqlite.pysqlite", "sqlalchemy.sql.default_comparator"]
excludedimports = ["sqlalchemy.testing"]
