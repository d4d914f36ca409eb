package dev.bench.program;

/** Names the system calls used, with their numbers on x86-64 (Linux arch/x86/entry/syscalls/syscall_64.tbl). */
public enum Syscall {
    READ(0),
    WRITE(1),
    OPEN(2),
    CLOSE(3),
    LSEEK(8),
    MMAP(9),
    PREAD64(17),
    PWRITE64(18),
    POLL(7),
    DUP(32),
    DUP2(33),
    NANOSLEEP(35),
    ALARM(37),
    IOCTL(16),
    PAUSE(34),
    GETPID(39),
    SOCKET(41),
    CONNECT(42),
    ACCEPT(43),
    BIND(49),
    LISTEN(50),
    SETSOCKOPT(54),
    CLONE(56),
    EXECVE(59),
    EXIT(60),
    WAIT4(61),
    KILL(62),
    FSYNC(74),
    CHDIR(80),
    MKDIR(83),
    RMDIR(84),
    UNLINK(87),
    SYMLINK(88),
    READLINK(89),
    CHMOD(90),
    FCHOWN(93),
    UMASK(95),
    SETUID(105),
    SETGID(106),
    SETSID(112),
    SETGROUPS(116),
    MKNOD(133),
    PRCTL(157),
    SETRLIMIT(160),
    CHROOT(161),
    SYNC(162),
    SYSINFO(99),
    UNAME(63),
    GETCWD(79),
    SCHED_SETAFFINITY(203),
    SCHED_GETAFFINITY(204),
    MOUNT(165),
    UMOUNT2(166),
    REBOOT(169),
    SETHOSTNAME(170),
    GETDENTS64(217),
    OPENAT(257),
    NEWFSTATAT(262),
    FACCESSAT(269),
    CLOCK_GETTIME(228),
    EXIT_GROUP(231),
    UNSHARE(272),
    TIMERFD_CREATE(283),
    TIMERFD_SETTIME(286),
    PIPE2(293),
    SETNS(308),
    FINIT_MODULE(313),
    MEMFD_CREATE(319),
    PIDFD_OPEN(434);

    private final int number;

    Syscall(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
