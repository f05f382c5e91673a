"""Makes every address local inside a fresh network namespace: brings `lo` up and routes everything to it, over netlink.

Does what `ip link set lo up; ip route add local default dev lo` (also with -6) does, without needing iproute2.
"""
import fcntl
import socket
import struct
import sys

RTM_NEWLINK, RTM_NEWROUTE, ERROR = 16, 24, 2
REQUEST_ACK, CREATE = 0x5, 0x400
GET_FLAGS, IFF_UP = 0x8913, 1
RTA_OIF, TABLE_LOCAL, PROTOCOL_BOOT, SCOPE_HOST, TYPE_LOCAL = 4, 255, 3, 254, 2


def send(netlink, kind, flags, body):
    netlink.send(struct.pack("=IHHII", 16 + len(body), kind, flags, 1, 0) + body)
    reply = netlink.recv(4096)
    if struct.unpack_from("=H", reply, 4)[0] == ERROR:
        code = -struct.unpack_from("=i", reply, 16)[0]
        if code:
            raise OSError(code, "netlink refused message %d" % kind)


def loopback_is_up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        answer = fcntl.ioctl(any_socket, GET_FLAGS, struct.pack("16sh14x", b"lo", 0))
    return struct.unpack_from("16xh", answer)[0] & IFF_UP


def main():
    # In a fresh namespace it is down: nowhere else are routes changed.
    if loopback_is_up():
        sys.exit("this is not a fresh network namespace")
    loopback = socket.if_nametoindex("lo")
    netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE)
    send(netlink, RTM_NEWLINK, REQUEST_ACK, struct.pack("=BxHiII", socket.AF_UNSPEC, 0, loopback, IFF_UP, IFF_UP))
    for family in (socket.AF_INET, socket.AF_INET6):
        route = struct.pack(
            "=BBBBBBBBI", family, 0, 0, 0, TABLE_LOCAL, PROTOCOL_BOOT, SCOPE_HOST, TYPE_LOCAL, 0
        ) + struct.pack("=HHi", 8, RTA_OIF, loopback)
        try:
            send(netlink, RTM_NEWROUTE, REQUEST_ACK | CREATE, route)
        except OSError:
            if family == socket.AF_INET:  # A machine without IPv6 can do without.
                raise


main()
