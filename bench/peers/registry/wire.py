"""The distribution protocol, as much of it as a load needs. One connection for each thread."""
import hashlib
import http.client
import json
import threading
import urllib.parse

MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
CONFIG = 'application/vnd.oci.image.config.v1+json'
LAYER = 'application/vnd.oci.image.layer.v1.tar'


def digest_of(content):
    return 'sha256:' + hashlib.sha256(content).hexdigest()


class Registry:
    def __init__(self, port):
        self.port = port
        self._own = threading.local()

    def send(self, method, path, body=None, headers=None):
        """The answer's headers and body; anything but success ends the measurement."""
        connection = getattr(self._own, 'connection', None)
        if connection is None:
            connection = self._own.connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=600)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f'{method} {path}: {answer.status} {content[:200]!r}')
        return answer, content

    def begin(self, repository, query=''):
        answer, _ = self.send('POST', f'/v2/{repository}/blobs/uploads/{query}', headers={'Content-Length': '0'})
        return _relative(answer.getheader('Location'))

    def finish(self, location, digest, body=b''):
        mark = '&' if '?' in location else '?'
        self.send('PUT', f'{location}{mark}digest={digest}', body, {'Content-Type': 'application/octet-stream'})

    def push_blob(self, repository, content, digest=None):
        digest = digest or digest_of(content)
        self.finish(self.begin(repository), digest, content)
        return digest

    def push_stream(self, repository, pieces, size, digest):
        headers = {'Content-Type': 'application/octet-stream', 'Content-Length': str(size), 'Content-Range': f'0-{size - 1}'}
        answer, _ = self.send('PATCH', self.begin(repository), pieces, headers)
        self.finish(_relative(answer.getheader('Location')), digest)

    def mount(self, repository, digest, source):
        self.send('POST', f'/v2/{repository}/blobs/uploads/?mount={digest}&from={source}', headers={'Content-Length': '0'})

    def push_manifest(self, repository, reference, config, layers):
        self.send('PUT', f'/v2/{repository}/manifests/{reference}', manifest_of(config, layers), {'Content-Type': MANIFEST})


def manifest_of(config, layers):
    """Both are pairs of digest and size."""
    def descriptor(media_type, pair):
        return {'mediaType': media_type, 'digest': pair[0], 'size': pair[1]}
    return json.dumps({
        'schemaVersion': 2, 'mediaType': MANIFEST,
        'config': descriptor(CONFIG, config), 'layers': [descriptor(LAYER, layer) for layer in layers]}).encode()


def _relative(location):
    parts = urllib.parse.urlsplit(location)
    return parts.path + ('?' + parts.query if parts.query else '')
