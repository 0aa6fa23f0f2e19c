"""What every answer of the example has to be, whatever was sent. Found by `schemathesis` through SCHEMATHESIS_HOOKS."""

import json

import schemathesis

# Words of the server that no client is to read.
INTERNAL = ["src/", ".rs", "::", "panick", "portcullis_", "axum_api"]


@schemathesis.check
def refusals_are_problems(ctx, response, case):
    if response.status_code < 400:
        return
    media_type = (response.headers.get("content-type") or [""])[0]
    assert media_type == "application/problem+json", f"{response.status_code} is {media_type!r}"
    problem = json.loads(response.content)
    assert problem["status"] == response.status_code, problem
    for word in INTERNAL:
        assert word not in response.text, f"{word!r} in {response.text}"
