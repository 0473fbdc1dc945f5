"""The real servers: each with a written configuration, in a folder of its own, on a free port of the loopback."""

import os
import socket
import subprocess
import time
from contextlib import contextmanager

from sites import WRITTEN_ROOT

MODULES = "/etc/apache2/mods-available"
#: The modules that Debian enables by itself, and the two that the configuration asks for.
DEBIAN = "mpm_event authz_core authz_host access_compat alias dir autoindex env mime negotiation setenvif filter deflate status reqtimeout"
ASKED = "headers rewrite"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def replaced(text, *pairs):
    """The text with each `old` replaced, which must be there."""
    for old, new in pairs:
        assert old in text, f"the configuration has no {old!r}"
        text = text.replace(old, new)
    return text


def nginx(site, room, port):
    """As in Debian's nginx.conf: its types and `gzip` stand around the site."""
    (room / "status-redirects.map").write_text(site.shell("nginx/status.conf", "sed "))
    (room / "status.conf").write_text(
        replaced(
            site.read("nginx/status.conf"),
            (WRITTEN_ROOT, str(site.out)),
            ("listen 80;", f"listen 127.0.0.1:{port};"),
            ("    listen [::]:80;\n", ""),
        )
    )
    temporary = "".join(
        f"{name}_temp_path {room}/{name};\n" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    (room / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {room}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n"
        f"access_log off;\n{temporary}include /etc/nginx/mime.types;\ndefault_type application/octet-stream;\n"
        f"gzip on;\ninclude {room}/status.conf;\n}}\n"
    )
    return ["nginx", "-p", room, "-c", room / "nginx.conf", "-e", "stderr"]


def apache(site, room, port):
    """With the modules and their settings as Debian has them."""
    modules = ""
    for name in f"{DEBIAN} {ASKED}".split():
        for file in [f"{MODULES}/{name}.load", f"{MODULES}/{name}.conf"]:
            modules += f"Include {file}\n" if os.path.exists(file) else ""
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    (room / "status.conf").write_text(
        replaced(
            site.read("apache/status.conf"),
            (WRITTEN_ROOT, str(site.out)),
            ("<VirtualHost *:80>", f"<VirtualHost 127.0.0.1:{port}>"),
        )
    )
    (room / "apache2.conf").write_text(
        f"ServerRoot {room}\nServerName localhost\nDefaultRuntimeDir {room}\nPidFile {room}/pid\n"
        f"ErrorLog /dev/stderr\nListen 127.0.0.1:{port}\n{user}{modules}"
        "<Directory />\nOptions FollowSymLinks\nAllowOverride None\nRequire all denied\n</Directory>\n"
        f"Include {room}/status.conf\n"
    )
    return ["apache2", "-D", "FOREGROUND", "-f", room / "apache2.conf"]


def caddy(site, room, port):
    address = site.url.split("/")[2]
    (room / "Caddyfile").write_text(
        f"{{\n\tadmin off\n\tauto_https off\n}}\n\n"
        + replaced(
            site.read("Caddyfile"),
            (WRITTEN_ROOT, str(site.out)),
            # `noroshi verify` knows the server by its address only.
            (
                f"\nhttps://{address} {{\n",
                f"\nhttp://{address}:{port}, http://127.0.0.1:{port} {{\n\tbind 127.0.0.1\n",
            ),
        )
    )
    return ["caddy", "run", "--config", room / "Caddyfile", "--adapter", "caddyfile"]


SERVERS = {"nginx": nginx, "apache": apache, "caddy": caddy}


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(name, site, room):
    """Starts a server for a site; hands out its port."""
    # Apache's workers are another user.
    room.chmod(0o755)
    port = free_port()
    command = SERVERS[name](site, room, port)
    environment = {**os.environ, "HOME": str(room), "XDG_DATA_HOME": str(room), "XDG_CONFIG_HOME": str(room)}
    with open(room / "log", "w+b") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            # A server that is not there after this many looks never comes.
            for _ in range(3000):
                if server.poll() is not None or answers(port):
                    break
                time.sleep(0.02)
            if server.poll() is not None or not answers(port):
                raise AssertionError(f"{name} does not answer:\n{(room / 'log').read_text()[-4000:]}")
            yield port
        finally:
            server.terminate()
            server.wait()
