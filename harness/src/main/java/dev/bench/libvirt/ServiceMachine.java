package dev.bench.libvirt;

import dev.bench.guest.GuestProgram;
import dev.bench.guest.StackProgram;
import dev.bench.program.FailedStep;
import dev.bench.target.Instance.Exit;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Represents a machine that runs services, and hands on what it tells of each. Safe for use by several threads. */
final class ServiceMachine implements ControlPort.Follower, ServicePieces.Listener, AutoCloseable {
    private final Map<Character, MachineService> services = new ConcurrentHashMap<>();
    private final ServicePieces pieces = new ServicePieces(this);
    private final List<Character> early = new ArrayList<>();
    private @Nullable LibvirtInstance machine;
    private boolean listening;
    /** The line before the present one, which may say what that is about. */
    private String before = "";

    private @Nullable Exit gone;

    /** Starts the machine. */
    void boot(
            MachineStarter starter,
            LaunchRequest request,
            PhaseRecorder phases,
            byte[] initrd,
            MachineStarter.Machine description)
            throws LaunchException {
        LaunchRequest own = new LaunchRequest(
                request.name(),
                request.address(),
                request.log(),
                piece -> pieces.received(piece.nanos(), piece.bytes()));
        LibvirtInstance started = starter.start(own, phases, initrd, description);
        synchronized (this) {
            machine = started;
        }
        greet();
    }

    /** Returns the machine. */
    synchronized LibvirtInstance machine() {
        LibvirtInstance started = machine;
        if (started == null) {
            throw new IllegalStateException("the machine has not been started");
        }
        return started;
    }

    /** Lets a service hear of itself from now on. */
    void add(char letter, MachineService service) {
        services.put(letter, service);
        Exit end = end();
        if (end != null) {
            service.machineGone(end);
        }
    }

    private synchronized @Nullable Exit end() {
        return gone;
    }

    /** Asks for the start of a service, as soon as init listens. */
    void begin(char letter) throws LaunchException {
        synchronized (this) {
            if (!listening || machine == null) {
                early.add(letter);
                return;
            }
        }
        machine().command(StackProgram.START_COMMAND, letter);
    }

    /** Says what had to wait until init listens; what is written before that is lost. */
    private void greet() throws LaunchException {
        List<Character> waiting;
        synchronized (this) {
            if (!listening || machine == null) {
                return;
            }
            waiting = List.copyOf(early);
            early.clear();
        }
        for (char letter : waiting) {
            machine().command(StackProgram.START_COMMAND, letter);
        }
    }

    @Override
    public void told(long nanos, String line) {
        String former = before;
        before = line;
        if (line.equals(GuestProgram.INIT_MARK)) {
            synchronized (this) {
                listening = true;
            }
            try {
                greet();
            } catch (LaunchException e) {
                // A guest that cannot be spoken to is gone, and its end is told of.
            }
            return;
        }
        services.forEach((letter, service) -> {
            if (line.equals(StackProgram.execMark(letter))) {
                service.executed(nanos);
            } else if (former.equals(StackProgram.exitMark(letter))) {
                service.ended(nanos, Integer.parseUnsignedInt(line, 16));
            } else {
                FailedStep.find(former + "\n" + line).map(FailedStep::describe).ifPresent(step -> {
                    within(StackProgram.scope(letter), step).ifPresent(service::failed);
                    within(StackProgram.checkScope(letter), step).ifPresent(service::notChecked);
                });
            }
        });
    }

    private static Optional<String> within(String scope, String step) {
        return step.startsWith(scope) ? Optional.of(step.substring(scope.length())) : Optional.empty();
    }

    @Override
    public void gone(Exit exit) {
        synchronized (this) {
            gone = exit;
        }
        services.values().forEach(service -> service.machineGone(exit));
    }

    @Override
    public void wrote(char letter, long nanos, byte[] bytes) {
        MachineService service = services.get(letter);
        if (service != null) {
            service.wrote(nanos, bytes);
        }
    }

    @Override
    public void checked(char letter, boolean late, int waitStatus, byte[] output) {
        MachineService service = services.get(letter);
        if (service != null) {
            service.checked(late, waitStatus, output);
        }
    }

    @Override
    public void close() {
        LibvirtInstance started;
        synchronized (this) {
            started = machine;
        }
        if (started != null) {
            started.close();
        }
    }
}
