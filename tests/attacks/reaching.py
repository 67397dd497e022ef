"""Reaching other processes and other machines: the network, signals, tracing, the corners of the kernel."""

from attacks.attack import DENIED, READING, WRITING, Attack, attempting, attempts


def network(name: str, *actions: str) -> Attack:
    return Attack(READING, name, DENIED, cells=attempts(*actions))


def process(name: str, *actions: str, stock: bool = True) -> Attack:
    return Attack(WRITING, name, DENIED, cells=attempts(*actions), stock=stock)


S = "__import__('socket')"

ATTACKS = [
    network("TCP out", f"{S}.create_connection(('127.0.0.1', int('@TCP@')), 2).send(b'x')",
            f"{S}.create_connection(('::1', int('@TCP@')), 2)"),
    network("TCP in", f"{S}.create_server(('127.0.0.1', 0))"),
    network("UDP out", f"{S}.socket(2, 2).sendto(b'x', ('127.0.0.1', int('@UDP@')))"),
    network("UDP in", f"{S}.socket(2, 2).bind(('127.0.0.1', 0))"),
    network("DNS", f"{S}.getaddrinfo('companion.invalid', 80)", f"{S}.gethostbyname('companion.invalid')"),
    network("a DNS question written by hand", f"{S}.socket(2, 2).sendto(bytes(12), ('127.0.0.53', 53))"),
    network("HTTP", "__import__('urllib.request').request.urlopen('http://127.0.0.1:@TCP@/', timeout=2)"),
    network("raw and packet sockets", f"{S}.socket(2, 3, 1)", f"{S}.socket(17, 3, 0)"),
    network("Unix sockets with a path", f"{S}.socket(1, 1).connect('@SOCKET@')",
            f"{S}.socket(1, 2).sendto(b'x', '@SOCKET@')"),
    network("abstract Unix sockets", f"{S}.socket(1, 1).connect(chr(0) + '@ABSTRACT@')"),
    network("a Unix socket in the scratch folder, for others to connect to", f"{S}.socket(1, 1).bind('door')"),
    network("vsock", f"{S}.socket(40, 1).connect((2, 1))"),
    network("netlink", f"{S}.socket(16, 3, 0)"),
    network("Bluetooth, CAN, the kernel's crypto", f"{S}.socket(31, 3, 1)", f"{S}.socket(29, 3, 1)",
            f"{S}.socket(38, 5, 0)"),
    network("io_uring", "system_call(425, 425, 8, ctypes.create_string_buffer(256))"),
    network("the system bus and the display", f"{S}.socket(1, 1).connect('/run/dbus/system_bus_socket')",
            f"{S}.socket(1, 1).connect('/tmp/.X11-unix/X0')"),
    process("signals to the parent", "os.kill(os.getppid() or 1, 0)", "os.kill(os.getppid() or 1, 10)"),
    process("SIGKILL to the parent", "os.kill(os.getppid() or 1, 9)"),
    process("SIGSTOP to the parent", "os.kill(os.getppid() or 1, 19)"),
    Attack(WRITING, "signals to every process number there is", DENIED, cells=attempting(
        "mine = {int(t) for t in os.listdir('/proc/self/task')} | {os.getpid()}", "reached = []",
        "for number in range(1, 1 << 16):", "    try:", "        number in mine or os.kill(number, 0)",
        "    except OSError:", "        pass", "    else:", "        number in mine or reached.append(number)",
        "print('GOT THROUGH' if reached else 'DENIED', reached[:20])")),
    process("signals to the parent's group and session", "os.killpg(os.getpgid(os.getppid()) or -1, 0)"),
    process("sigqueue, tgkill, tkill of the parent",
            "system_call(129, 138, os.getppid() or 1, 0, ctypes.create_string_buffer(128))",
            "system_call(234, 131, os.getppid() or 1, os.getppid() or 1, 0)",
            "system_call(200, 130, os.getppid() or 1, 0)"),
    process("ptrace of the parent", "system_call(101, 117, 16, os.getppid() or 1, 0, 0)",
            "system_call(101, 117, 0x4206, os.getppid() or 1, 0, 0)"),
    process("process_vm_writev and process_vm_readv of the parent", *(
        f"system_call({x86}, {arm}, os.getppid() or 1, (ctypes.c_long * 2)(id(0), 8), 1, (ctypes.c_long * 2)(id(0), "
        "8), 1, 0)"
        for x86, arm in ((311, 271), (310, 270)))),
    process("pidfd_open, pidfd_getfd, pidfd_send_signal", "system_call(434, 434, os.getppid() or 1, 0)",
            "system_call(438, 438, os.open('.', os.O_RDONLY), 0, 0)"),
    process("kcmp and process_madvise", "system_call(312, 272, os.getpid(), os.getppid() or 1, 0, 0, 0)"),
    process("prlimit of the parent", "__import__('resource').prlimit(os.getppid() or 1, 7, (64, 64))",
            "__import__('resource').prlimit(os.getppid() or 1, 7)"),
    process("priority, scheduler and processors of the parent", "os.setpriority(0, os.getppid() or 1, 19)",
            "os.sched_setaffinity(os.getppid() or 1, {0})",
            "os.sched_setscheduler(os.getppid() or 1, 3, os.sched_param(0))"),
    Attack(WRITING, "limits of its own raised", DENIED, cells=attempting(
        "import resource", "for name in ('AS', 'FSIZE', 'CORE'):", "    try:",
        "        resource.setrlimit(getattr(resource, 'RLIMIT_' + name), (-1, -1))",
        "        print('GOT THROUGH', name)", "    except (ValueError, OSError) as error:",
        "        print('DENIED', error)")),
    process("the oom killer pointed elsewhere", "write('/proc/%d/oom_score_adj' % (os.getppid() or 1), '1000')",
            "write('/proc/self/oom_score_adj', '-1000')"),
    process("unshare", "system_call(272, 97, 0x10000000)", "system_call(272, 97, 0x20000)"),
    process("setns", "system_call(308, 268, os.open('/proc/self/ns/net', os.O_RDONLY), 0)"),
    process("mount, umount, pivot_root, chroot", "system_call(165, 40, b'none', b'.', b'tmpfs', 0, 0)",
            "system_call(166, 39, b'/proc', 2)", "system_call(155, 41, b'.', b'.')", "os.chroot('.')"),
    process("reboot, kexec, modules, swap, host name", "system_call(169, 142, 0, 0, 0, 0)",
            "system_call(246, 104, 0, 0, 0, 0)", "system_call(175, 105, 0, 0, b'')", "system_call(167, 224, b'x', 0)",
            "system_call(170, 161, b'x', 1)"),
    process("clock set", "__import__('time').clock_settime(0, __import__('time').time())"),
    Attack(WRITING, "set-user-ids", DENIED, cells=attempting(
        "for call in (lambda: os.setgroups([0]), lambda: os.setresuid(1, 1, 1), lambda: os.setresgid(1, 1, 1)):",
        "    try:", "        call()", "        print('GOT THROUGH')", "    except OSError as error:",
        "        print('DENIED', error)  # in a namespace of users no other number is known")),
    process("a key added to the kernel's ring", "system_call(248, 217, b'user', b'left-by-an-attack', b'x', 1, -4)",
            "system_call(250, 219, 0, -4, 1)", stock=False),  # no namespace holds a key
    process("userfaultfd", "system_call(323, 282, 1)"),
    process("perf_event_open", "system_call(298, 241, (ctypes.c_uint32 * 32)(1, 128), 0, -1, -1, 0)"),
    process("bpf", "system_call(321, 280, 0, (ctypes.c_uint32 * 32)(1, 4, 4, 1), 128)"),
    process("TIOCSTI: typing into a terminal",
            "__import__('fcntl').ioctl(os.open('/dev/tty', os.O_RDWR), 0x5412, b'x')",
            "[__import__('fcntl').ioctl(n, 0x5412, b'x') for n in (0, 1, 2)]"),
    process("a pseudo-terminal", "os.openpty()", "os.open('/dev/ptmx', os.O_RDWR)"),
    process("SIGIO sent to the parent by fcntl", "__import__('fcntl').fcntl(0, 8, os.getppid() or 1)"),
    process("inotify and fanotify on the gradebook", "system_call(300, 262, 0, 0)",
            "system_call(254, 27, system_call(294, 26, 0), b'@ROOT@/notebooks', 2)"),
    Attack(WRITING, "no_new_privs taken back", DENIED, cells=attempting(
        "print('GOT THROUGH' if ctypes.CDLL(None).prctl(38, 0, 0, 0, 0) == 0 else 'DENIED')")),
]  # fmt: skip
