"""The server seen from outside: its CPU, its memory, and what wrk gets out of it."""
import http.client
import os
import re
import subprocess
import threading
import time

from wire import MANIFEST

TICKS = os.sysconf('SC_CLK_TCK')
MILLISECONDS = {'us': 0.001, 'ms': 1, 's': 1000, 'm': 60_000}
MEBIBYTES = {'KB': 1 / 1024, 'MB': 1, 'GB': 1024}


class Server:
    def __init__(self, pid, port):
        self.pid, self.port = pid, port
        self.peak = 0

    def wait(self):
        for _ in range(300):
            try:
                connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=5)
                connection.request('GET', '/v2/')
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit('the registry did not start within 30 s')

    def cpu(self):
        with open(f'/proc/{self.pid}/stat') as file:
            fields = file.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        with open(f'/proc/{self.pid}/status') as file:
            return int(re.search(r'VmRSS:\s+(\d+)', file.read())[1]) / 1024

    def watch(self, stop):
        """Keeps the largest memory seen, until it is told to stop."""
        def sample():
            while not stop.wait(0.05):
                self.peak = max(self.peak, self.memory())
        self.peak = self.memory()
        threading.Thread(target=sample, daemon=True).start()

    def wrk(self, path, connections, seconds):
        """CPU per request in microseconds, 99th percentile in milliseconds, and MiB/s."""
        before = self.cpu()
        said = subprocess.run(
            ['wrk', '-t2', f'-c{connections}', f'-d{seconds}s', '--latency', '--timeout', '60s', '-H', f'Accept: {MANIFEST}',
             f'http://127.0.0.1:{self.port}{path}'],
            capture_output=True, text=True, check=True).stdout
        if 'Non-2xx' in said or 'Socket errors' in said:
            raise RuntimeError(f'{path}: {said}')
        used = self.cpu() - before
        requests = int(re.search(r'(\d+) requests in', said)[1])
        late = re.search(r'99%\s+([\d.]+)(us|ms|s|m)', said)
        moved = re.search(r'Transfer/sec:\s+([\d.]+)(KB|MB|GB)', said)
        return 1e6 * used / max(1, requests), float(late[1]) * MILLISECONDS[late[2]], float(moved[1]) * MEBIBYTES[moved[2]]
