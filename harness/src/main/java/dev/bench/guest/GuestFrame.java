package dev.bench.guest;

/** Says where a workload's init finds itself and what is done already when it runs. */
public enum GuestFrame {
    /** As the first process of a guest of which it is the only system; it does everything itself. */
    LEAN("/dev/vda", "/root", "/groups", ""),
    /** As a unit of a classic machine's systemd, in the control group that systemd has given it. */
    CLASSIC(
            "/dev/vdb",
            "/workload",
            "/sys/fs/cgroup/system.slice/" + ClassicFiles.WORKLOAD_UNIT,
            ClassicSeed.DIRECTORY);

    private final String disk;
    private final String root;
    private final String groups;
    private final String tools;

    GuestFrame(String disk, String root, String groups, String tools) {
        this.disk = disk;
        this.root = root;
        this.groups = groups;
        this.tools = tools;
    }

    /** Returns how the workload's tree is found on a disk. */
    public GuestMount disk() {
        return new GuestMount(disk, root, "ext4");
    }

    /** Returns how it is found in a directory of the host by virtiofs, whatever the host calls that. */
    public GuestMount share(String tag) {
        return new GuestMount(tag, root, "virtiofs");
    }

    /** Returns the directory that it is mounted on. */
    String root() {
        return root;
    }

    /** Returns the control group below which the workload gets its own. */
    String groups() {
        return groups;
    }

    /** Returns where a tool of the guest lies, by its place in an initial RAM disk. */
    String tool(String inside) {
        return tools + inside;
    }
}
