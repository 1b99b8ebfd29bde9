"""What the exchange of the demonstration and of the tours is told: operators, queues, a public
network that is made up.

Numbers that begin with 0 or + go to the made-up network; their last two digits say what happens:

    11  answers and sounds at 880 Hz        44  answers and hangs up after two seconds
    22  is busy                             55  sends back what it hears
    33  rings and nobody answers            66  answers, notes four digits, hangs up

A client who calls is a call file in the spool (see :func:`call_file`): its tone is the extension.
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

REALM = "smart_recommender"
LEVEL2 = "700"
SUPPORT = "600"
EXTENSIONS = Path(__file__).with_name("exchange_extensions.conf")
TELL = Path(__file__).with_name("exchange_tell.py")
ODOO = "odoo.json"
# Seconds for which Odoo is asked again.
PATIENCE = 300


@dataclass(frozen=True)
class Settings:
    """folder, modules, data : Paths; port : of the WebSocket; media : first and last port;
    accounts : {extension: password}; event_url, key : Odoo's address for events, empty for none;
    ring_seconds : how long a call to the network rings."""

    folder: object
    modules: object
    data: object
    port: int
    media: tuple
    accounts: dict
    event_url: str = ""
    key: str = ""
    ring_seconds: int = 20


def files(settings):
    """{name: text} of the folder etc."""
    return {
        "asterisk.conf": _asterisk(settings),
        "modules.conf": MODULES,
        "logger.conf": "[general]\n[logfiles]\nmessages => notice,warning,error\n",
        "http.conf": f"[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport={settings.port}\n",
        "rtp.conf": f"[general]\nrtpstart={settings.media[0]}\nrtpend={settings.media[1]}\n",
        "cdr.conf": "[general]\nenable=yes\nendbeforehexten=yes\n",
        "features.conf": "[featuremap]\nautomixmon => *3\n",
        "musiconhold.conf": "[default]\nmode=files\ndirectory=moh\n",
        "queues.conf": _queues(settings.accounts),
        "pjsip.conf": _pjsip(settings),
        "extensions.conf": _extensions(settings),
        ODOO: _odoo(settings),
    }


MODULES = """\
[modules]
autoload=yes
noload => cdr_custom.so
noload => cdr_manager.so
noload => chan_iax2.so
noload => chan_unistim.so
noload => chan_mobile.so
noload => pbx_dundi.so
noload => pbx_ael.so
noload => pbx_lua.so
noload => res_calendar.so
noload => res_config_ldap.so
noload => res_config_pgsql.so
noload => res_corosync.so
noload => res_phoneprov.so
noload => res_pjsip_phoneprov_provider.so
noload => res_smdi.so
noload => res_snmp.so
noload => res_stun_monitor.so
noload => res_xmpp.so
"""


def _asterisk(settings):
    folder = settings.folder
    return f"""\
[directories]
astetcdir => {folder}/etc
astmoddir => {settings.modules}
astvarlibdir => {folder}/lib
astdbdir => {folder}/lib
astkeydir => {folder}/lib
astdatadir => {settings.data}
astagidir => {folder}/lib
astspooldir => {folder}/spool
astrundir => {folder}/run
astlogdir => {folder}/log
astsbindir => {folder}/run
[options]
verbose = 0
"""


def ha1(extension, password):
    """What Asterisk and the browser keep instead of a password."""
    return hashlib.md5(  # noqa: S324 — the digest that SIP asks for
        f"{extension}:{REALM}:{password}".encode()
    ).hexdigest()


def _pjsip(settings):
    accounts = "".join(_account(*account) for account in sorted(settings.accounts.items()))
    return f"""\
[global]
type=global
endpoint_identifier_order=username,ip
[ws]
type=transport
protocol=ws
bind=127.0.0.1
{accounts}"""


def _account(extension, password):
    return f"""
[{extension}]
type=endpoint
context=operators
aors={extension}
auth={extension}
webrtc=yes
disallow=all
allow=opus,ulaw,vp8
rtp_timeout=30
one_touch_recording=yes
send_pai=yes
send_connected_line=yes
trust_id_inbound=no
trust_id_outbound=yes
callerid=Operator {extension} <{extension}>
[{extension}]
type=aor
max_contacts=1
remove_existing=yes
[{extension}]
type=auth
auth_type=md5
realm={REALM}
username={extension}
md5_cred={ha1(extension, password)}
"""


QUEUE = """\
strategy=rrmemory
ringinuse=no
timeout=20
setinterfacevar=yes
setqueueentryvar=yes
"""


def _queues(accounts):
    members = "".join(f"member => PJSIP/{extension}\n" for extension in sorted(accounts))
    return f"""\
[general]
[support]
{QUEUE}{members}
[level2]
{QUEUE}{members}"""


def _extensions(settings):
    file = settings.folder / "etc" / ODOO
    tell = f"{sys.executable} {TELL} {file}" if settings.event_url else ""
    return (
        f"[globals]\nFOLDER={settings.folder}\nTELL={tell}\nRING={settings.ring_seconds}\n\n"
        + EXTENSIONS.read_text()
    )


def _odoo(settings):
    return json.dumps(
        {
            "url": settings.event_url,
            "key": settings.key,
            "recordings": str(settings.folder / "spool" / "monitor"),
            "patience": PATIENCE,
        }
    )


def call_file(extension, number, name="", tone=440):
    """The text of a call file: a client who calls an extension and sounds at a frequency in Hz."""
    clean = "".join(sign for sign in name if sign.isprintable()).replace('"', "'")
    return (
        f"Channel: Local/{extension}@incoming/n\n"
        f'CallerID: "{clean}" <{number}>\n'
        "MaxRetries: 0\nWaitTime: 60\n"
        f"Context: client\nExtension: {tone}\nPriority: 1\n"
    )
