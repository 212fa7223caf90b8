"""Loads the registry at a port of loopback and prints one figure a line: NAME, a tab, the figure."""
import argparse
import hashlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import rows
from server import Server
from wire import MANIFEST, Registry, digest_of

MIB = 1 << 20
CONFIG = b'{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}'


def push_image(registry, repository, layers, size):
    config = (registry.push_blob(repository, CONFIG), len(CONFIG))
    pushed = [(registry.push_blob(repository, os.urandom(size)), size) for _ in range(layers)]
    registry.push_manifest(repository, 'latest', config, pushed)
    return config, pushed


def reads(server, registry):
    _, layers = push_image(registry, 'bench/one', 1, 1024)
    manifest = '/v2/bench/one/manifests/latest'
    server.wrk(manifest, 32, 3)  # nobody serves the first second as the thousandth
    cpu, late, _ = server.wrk(manifest, 32, 6)
    yield 'manifest by tag, us CPU', cpu
    yield 'manifest by tag, p99 ms', late
    yield '/v2/, us CPU', server.wrk('/v2/', 32, 4)[0]
    yield 'blob of 1 KiB, us CPU', server.wrk(f'/v2/bench/one/blobs/{layers[0][0]}', 32, 6)[0]
    large = registry.push_blob('bench/one', os.urandom(100 * MIB))
    yield 'blob of 100 MiB, 8 streams, MiB/s', server.wrk(f'/v2/bench/one/blobs/{large}', 8, 6)[2]


def pushes(registry):
    blobs = [os.urandom(MIB) for _ in range(100)]
    digests = [digest_of(blob) for blob in blobs]
    begin = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: registry.push_blob('bench/push', blobs[i], digests[i]), range(100)))
    yield 'push 100 x 1 MiB, 8 writers, MiB/s', 100 / (time.perf_counter() - begin)

    block, count, hashed = os.urandom(MIB), 512, hashlib.sha256()
    for _ in range(count):
        hashed.update(block)
    begin = time.perf_counter()
    registry.push_stream('bench/large', (block for _ in range(count)), count * MIB, 'sha256:' + hashed.hexdigest())
    yield 'push one of 512 MiB, MiB/s', count / (time.perf_counter() - begin)


def storm(server, registry):
    config, layers = push_image(registry, 'bench/eight', 8, MIB)

    def pull(_):
        registry.send('GET', '/v2/bench/eight/manifests/latest', headers={'Accept': MANIFEST})
        for digest, size in [config, *layers]:
            _, content = registry.send('GET', f'/v2/bench/eight/blobs/{digest}')
            if len(content) != size:
                raise RuntimeError(f'{digest} came short')
    stop = threading.Event()
    server.watch(stop)
    begin = time.perf_counter()
    with ThreadPoolExecutor(50) as pool:
        list(pool.map(pull, range(200)))
    yield '50 clients pull, pulls/s', 200 / (time.perf_counter() - begin)
    stop.set()
    yield 'memory in it, MiB', server.peak


def small(registry):
    config, layers = push_image(registry, 'bench/small', 1, 1024)

    def push(i):
        repository = f'bench/small/r{i:05d}'
        for digest, _ in [config, *layers]:
            registry.mount(repository, digest, 'bench/small')
        registry.push_manifest(repository, 'latest', config, layers)
    begin = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(push, range(1000)))
    yield 'small images pushed per second', 1000 / (time.perf_counter() - begin)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('port', type=int)
    parser.add_argument('--pid', type=int, required=True)
    parser.add_argument('--data', required=True)
    parser.add_argument('--rows', type=int, default=0)
    options = parser.parse_args()
    server, registry = Server(options.pid, options.port), Registry(options.port)
    server.wait()
    time.sleep(3)
    show('memory idle, MiB', server.memory())
    for phase in (reads(server, registry), pushes(registry), storm(server, registry), small(registry)):
        for name, figure in phase:
            show(name, figure)
    if options.rows:
        config = (registry.push_blob('bench/tags', CONFIG), len(CONFIG))
        registry.push_manifest('bench/tags', 'latest', config, [])
        rows.fill(registry, options.data, options.rows, config)
        for name, figure in rows.pages(registry, options.rows).items():
            show(name, figure)


def show(name, figure):
    print(f'{name}\t{figure:.2f}', flush=True)


main()
