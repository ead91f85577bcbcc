"""Whatever the description allows, and much that it does not, is answered without a fault of ours."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from anlanh.web.api.api import api
from tests.effort import examples

pytestmark = pytest.mark.slow

KEPT_FROM = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much)


@pytest.fixture(autouse=True)
def _connection_of_the_test() -> Iterator[None]:
    """Requests come through the bare WSGI application, which would close the connection that the test's rows are on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = get_wsgi_application()  # without the threads in front of it, which would not see the rows of the test


@schema.parametrize()
@settings(max_examples=examples(40), deadline=None, suppress_health_check=KEPT_FROM)
def test_no_input_is_answered_with_a_fault(case, machine):
    headers = {"Authorization": f"Bearer {machine.key}"}
    if "X-Report-Secret" in (case.headers or {}):
        headers = {}
    response = case.call(headers=headers)
    checks = [not_a_server_error, content_type_conformance, response_schema_conformance]
    case.validate_response(response, checks=checks)
