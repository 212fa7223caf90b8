"""Many tags in one repository, and many repositories; and how long a page of them takes."""
import os
import time
from concurrent.futures import ThreadPoolExecutor

from wire import digest_of, manifest_of

TAGS_AT_ONCE = 64


def fill(registry, data, rows, config):
    """Through the protocol where tags may come in one push; docker-registry's folders are made as it would make them."""
    if os.path.isdir(f'{data}/docker'):
        _fill_folders(f'{data}/docker/registry/v2/repositories', rows, digest_of(manifest_of(config, [])))
        return
    content = manifest_of(config, [])
    digest = digest_of(content)

    def tag(first):
        query = '&'.join(f'tag=t{i:06d}' for i in range(first, min(first + TAGS_AT_ONCE, rows)))
        registry.send('PUT', f'/v2/bench/tags/manifests/{digest}?{query}', content, {'Content-Type': 'application/vnd.oci.image.manifest.v1+json'})

    def repository(i):
        registry.mount(f'bench/many/r{i:06d}', config[0], 'bench/tags')
        registry.push_manifest(f'bench/many/r{i:06d}', 'latest', config, [])
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(tag, range(0, rows, TAGS_AT_ONCE)))
        list(pool.map(repository, range(rows)))


def pages(registry, rows):
    middle = rows // 2
    return {
        'page of 100 tags, ms': _median(registry, f'/v2/bench/tags/tags/list?n=100&last=t{middle:06d}'),
        'page of 100 repositories, ms': _median(registry, f'/v2/_catalog?n=100&last=bench/many/r{middle:06d}'),
    }


def _median(registry, path, times=5):
    took = []
    for _ in range(times):
        begin = time.perf_counter()
        registry.send('GET', path)
        took.append(1000 * (time.perf_counter() - begin))
    return sorted(took)[times // 2]


def _fill_folders(root, rows, digest):
    def write(path):
        os.makedirs(path, exist_ok=True)
        with open(f'{path}/link', 'w') as file:
            file.write(digest)
    for i in range(rows):
        write(f'{root}/bench/tags/_manifests/tags/t{i:06d}/current')
        write(f'{root}/bench/many/r{i:06d}/_manifests/tags/latest/current')
