"""The store: tables, Alembic migrations, queries; the only room with SQLAlchemy."""
