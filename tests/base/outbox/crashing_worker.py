"""A worker that is killed with SIGKILL at its n-th database statement: run as a program by test_crash.

Arguments: the database as JSON, the file that stands for the receiver, the number of the statement (0: never).
"""

import json
import os
import signal
import sys
from pathlib import Path

import django
from django.conf import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "anlanh.server.settings"


def main() -> None:
    database, receiver, fatal = json.loads(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    settings.DATABASES["default"].update(database)
    django.setup()
    from django.db import connection

    from anlanh.base.outbox.channels import Receipt, bind
    from anlanh.base.outbox.delivery import work_once

    class Receiver:
        def deliver(self, message):
            with receiver.open("a") as out:
                out.write(message.key + "\n")
            return Receipt({"taken": True})

    statements = 0

    def count(execute, sql, params, many, context):
        nonlocal statements
        statements += 1
        if statements == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    bind("crash-test", Receiver())
    with connection.execute_wrapper(count):
        while work_once(limit=3):
            pass


if __name__ == "__main__":
    main()
