package dev.bench.libvirt;

import dev.bench.result.TargetKind;
import dev.bench.target.LabView;
import dev.bench.target.OptionSpec;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.target.TargetException;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.util.List;

/** Opens targets that are virtual machines of libvirt's QEMU driver. */
public final class LibvirtDriver implements TargetDriver {
    static final String MACHINE = "machine";
    static final String ACCELERATOR = "accelerator";
    static final String KERNEL = "kernel";
    static final String VCPUS = "vcpus";
    static final String CPU = "cpu";

    @Override
    public String key() {
        return "libvirt";
    }

    @Override
    public TargetKind kind() {
        return TargetKind.VM;
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec(
                        MACHINE, OptionSpec.Type.TEXT, List.of("q35", "pc"), "q35", "Machine type, as QEMU names it."),
                new OptionSpec(
                        ACCELERATOR,
                        OptionSpec.Type.CHOICE,
                        List.of("auto", "kvm", "tcg"),
                        "auto",
                        "KVM, or emulation; auto boots a probe guest under KVM and falls back to emulation."),
                new OptionSpec(
                        KERNEL,
                        OptionSpec.Type.PATH,
                        List.of("/boot/vmlinuz"),
                        "",
                        "Kernel to boot, a bzImage; the host's own where it is readable, else the newest in /boot."),
                new OptionSpec(
                        VCPUS,
                        OptionSpec.Type.WHOLE_NUMBER,
                        List.of("1", "2"),
                        "",
                        "Virtual processors; limits.cpus rounded up where none is given."),
                new OptionSpec(
                        CPU,
                        OptionSpec.Type.TEXT,
                        List.of("host-passthrough", "maximum"),
                        "",
                        "CPU mode; host-passthrough under KVM and maximum under emulation where none is given."));
    }

    @Override
    public Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        return LibvirtTarget.open(definition, image, limits, lab);
    }

    @Override
    public TypicalStart typicalStart(TargetDefinition definition) {
        // The next ramp waits until the memory of a machine has come back.
        return new TypicalStart(3.5, 2, 4e-3, 9);
    }
}
