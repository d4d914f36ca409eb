package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CgroupMountTest {
    @Test
    void theUnifiedHierarchyAloneHasNoDirectoryOfItsOwn() {
        assertEquals(
                List.of(new CgroupMount("", "cgroup2", "")),
                CgroupMount.parse(List.of(
                        "25 30 0:23 / /proc rw - proc proc rw",
                        "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate")));
    }

    @Test
    void theHierarchiesOfVersionOneAreToldApartByTheirControllers() {
        List<CgroupMount> mounts = CgroupMount.parse(List.of(
                "31 23 0:28 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755",
                "32 31 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate",
                "33 31 0:30 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd",
                "34 31 0:31 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct",
                "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory,release_agent=/x"));

        assertEquals(
                List.of(
                        new CgroupMount("unified", "cgroup2", ""),
                        new CgroupMount("systemd", "cgroup", "none,name=systemd"),
                        new CgroupMount("cpu,cpuacct", "cgroup", "cpu,cpuacct"),
                        new CgroupMount("memory", "cgroup", "memory")),
                mounts);
        assertEquals(List.of("cpu", "cpuacct"), mounts.get(2).aliases());
        assertEquals(List.of(), mounts.get(3).aliases());
    }
}
