"""Serving the pages and running the worker side by side until told to stop."""

import multiprocessing
import threading

from anlanh.server.environment import server_processes

RESTART_SECONDS = 1.0
LONGEST_GOODBYE = 10  # seconds, to end what is under way when told to stop; a stalled client holds nothing up
WAITING_THREADS = 128  # of a server process: for bodies on their way in; few of them work at a time (`bodies`)


def serve(host: str, port: int) -> int:
    """Runs the web server under this process and a worker in another; SIGTERM or Ctrl-C ends both.

    Args:
        host: address to listen on.
        port: TCP port.

    Returns:
        The exit status.
    """
    from granian.constants import HTTPModes, Interfaces
    from granian.server import Server

    ended = threading.Event()
    keeper = threading.Thread(target=_keep_a_worker, args=(ended,), name="worker-keeper", daemon=True)
    keeper.start()
    server = Server(
        "anlanh.server.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=server_processes(),
        blocking_threads=WAITING_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=LONGEST_GOODBYE,
        log_enabled=False,
        websockets=False,
    )
    try:
        server.serve()
    finally:
        ended.set()
        keeper.join(timeout=15)
    return 0


def _keep_a_worker(ended: threading.Event) -> None:
    """Keeps one worker process running: a killed one is replaced, and its leased messages are taken over in time."""
    spawn = multiprocessing.get_context("spawn")
    worker = None
    while not ended.wait(RESTART_SECONDS if worker else 0):
        if worker is None or not worker.is_alive():
            worker = spawn.Process(target=_work, name="anlanh-worker", daemon=True)
            worker.start()
    if worker:
        worker.terminate()
        worker.join(timeout=10)


def _work() -> None:
    """The worker's process."""
    from anlanh.server.django_setup import setup

    setup()
    from anlanh.server.worker import main

    main()
