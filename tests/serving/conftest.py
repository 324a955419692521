"""Services on files and on PostgreSQL, for the same tests."""

from __future__ import annotations

from typing import Any

import pytest

from tests.serving.postgres_server import LACKS, PostgresServer

needs_postgres = pytest.mark.skipif(LACKS is not None, reason=str(LACKS))


@pytest.fixture
def database(postgres: PostgresServer) -> str:
    """The URL of an empty database."""
    return postgres.create()


@pytest.fixture(params=["files", pytest.param("postgres", marks=needs_postgres)])
def kept(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The options of a service that keeps its rooms in files, and of one that keeps them in PostgreSQL."""
    return {} if request.param == "files" else {"database": request.getfixturevalue("database")}
