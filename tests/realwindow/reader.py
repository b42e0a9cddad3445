"""Stands in for a screen reader: prints what is announced, and the whole tree for each line it is sent."""

import sys

import pyatspi
from gi.repository import GLib

STATES = {"focused", "checked", "editable", "sensitive"}


def words(*parts):
    return "\t".join(str(part).replace("\t", " ").replace("\n", " ") for part in parts)


def node(accessible):
    states = {pyatspi.stateToString(state) for state in accessible.getState().getStates()}
    try:
        text = accessible.queryText().getText(0, -1)
    except NotImplementedError:
        text = ""
    shown = ",".join(sorted(states & STATES))
    return accessible.getRoleName(), accessible.name, accessible.description, text, shown


def walk(accessible):
    try:
        print(words("node", *node(accessible)))
        children = list(accessible)
    except (LookupError, GLib.Error):
        return  # It has gone meanwhile.
    for child in children:
        if child is not None:
            walk(child)


def told(event):
    try:
        source = (event.source.getRoleName(), event.source.name)
        print(words("event", event.type, event.detail1, event.any_data, *source), flush=True)
    except (LookupError, GLib.Error):
        pass  # What it was about is gone.


def asked(channel, _condition):
    if not channel.readline():
        pyatspi.Registry.stop()
        return False
    for application in pyatspi.Registry.getDesktop(0):
        if application is not None and application.name == "nianbao":
            walk(application)
    print("end", flush=True)
    return True


for kind in ("object:state-changed:focused", "object:property-change", "object:text-changed", "object:announcement"):
    pyatspi.Registry.registerEventListener(told, kind)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, asked)
print("ready", flush=True)
pyatspi.Registry.start()
