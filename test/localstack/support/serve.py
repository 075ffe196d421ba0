"""Runs LocalStack on loopback without Docker: `serve.py JAVA FOLDER`.

FOLDER holds the archives of DynamoDB Local. Of Lambda there is the control plane alone: functions exist, and none runs.
"""

import pathlib
import sys

from twisted.internet import endpoints

LOOPBACK = "127.0.0.1"
JAVA, ARCHIVES = sys.argv[1:3]
PROGRAM = pathlib.Path(__file__).with_name("LoopbackDynamoDb.java")


def listen_on_loopback():
    """LocalStack listens on all addresses, whatever it is told."""
    listen = endpoints.TCP4ServerEndpoint.__init__

    def on_loopback(self, reactor, port, backlog=50, interface=LOOPBACK):
        listen(self, reactor, port, backlog, LOOPBACK)

    endpoints.TCP4ServerEndpoint.__init__ = on_loopback


def run_no_function():
    """Functions would be run by Docker. This executor is never started."""
    from localstack.services.lambda_.invocation import runtime_executor

    class NoExecutor(runtime_executor.RuntimeExecutor):
        def start(self, env_vars):
            raise RuntimeError("functions are not run here")

        def invoke(self, payload):
            raise RuntimeError("functions are not run here")

        def stop(self):
            """Nothing runs."""

        def get_address(self):
            return LOOPBACK

        def get_endpoint_from_executor(self):
            return LOOPBACK

        def get_runtime_endpoint(self):
            return f"http://{LOOPBACK}"

        def get_logs(self):
            return ""

        @classmethod
        def prepare_version(cls, function_version):
            """There is nothing to prepare."""

        @classmethod
        def cleanup_version(cls, function_version):
            """Nothing was prepared."""

    runtime_executor.get_runtime_executor = lambda: NoExecutor


def run_dynamodb_from_archives():
    """LocalStack would fetch DynamoDB Local and a Java of its own at run time."""
    from localstack.services.dynamodb import packages, server

    def command(self):
        native = "-D" + f"java.library.path={ARCHIVES}"
        java = [JAVA, f"-Xmx{self.heap_size}", native, "-cp", f"{ARCHIVES}/*"]
        return [*java, str(PROGRAM), "-port", str(self.port), "-inMemory"]

    installer = packages.DynamoDBLocalPackageInstaller
    installer.install = lambda self, target=None: None
    installer.get_java_env_vars = lambda self: {}
    server.DynamodbServer._create_shell_command = command


listen_on_loopback()
run_no_function()
run_dynamodb_from_archives()

from localstack.runtime.main import main  # noqa: E402

main()
