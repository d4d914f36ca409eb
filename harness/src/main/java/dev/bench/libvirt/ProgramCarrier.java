package dev.bench.libvirt;

import dev.bench.guest.ClassicSeed;
import dev.bench.guest.Initramfs;
import dev.bench.target.Subnet;
import java.io.IOException;
import java.net.InetAddress;

/** Makes what carries an instance's own program into its guest. */
interface ProgramCarrier {
    /** Returns what carries a program. */
    byte[] with(byte[] program);

    /** Returns what carries a program, and what an observation needs. */
    byte[] withObservation(byte[] program, byte[] observer) throws IOException;

    /** Returns that of a machine: an initial RAM disk, or the third disk of a classic one, with its address. */
    static ProgramCarrier of(Hypervisor hypervisor, InetAddress address, Subnet network) {
        if (hypervisor.classic() == null) {
            Initramfs initramfs = hypervisor.initramfs();
            return new ProgramCarrier() {
                @Override
                public byte[] with(byte[] program) {
                    return initramfs.with(program);
                }

                @Override
                public byte[] withObservation(byte[] program, byte[] observer) throws IOException {
                    return initramfs.withObservation(program, observer);
                }
            };
        }
        return new ProgramCarrier() {
            @Override
            public byte[] with(byte[] program) {
                return ClassicSeed.of(program, address, network);
            }

            @Override
            public byte[] withObservation(byte[] program, byte[] observer) throws IOException {
                return ClassicSeed.withObservation(program, observer, address, network);
            }
        };
    }
}
