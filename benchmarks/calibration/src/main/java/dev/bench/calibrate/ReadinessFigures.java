package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Holds the moment at which an instance was found ready against the moment at which it says it was. */
final class ReadinessFigures {
    private static final double MEDIAN_MILLIS = 1;
    private static final double P99_MILLIS = 3;
    private static final double MACHINE_MEDIAN_MILLIS = 5;

    private final Launches clock;

    ReadinessFigures(Launches clock) {
        this.clock = clock;
    }

    List<Figure> of(String driver, int launches) throws TargetException, LaunchException, IOException {
        Target target = clock.open(driver);
        boolean guest = target.kind().hasOwnKernel();
        double[] errors = new double[launches];
        for (int i = -1; i < launches; i++) {
            double error = error(target, guest);
            if (i >= 0) {
                errors[i] = error;
            }
        }
        List<Figure> figures = new ArrayList<>();
        String name = target.kind().label() + ", ready found after it was, " + launches + " launches: ";
        figures.add(
                Figure.millis(name + "median", Figure.median(errors), guest ? MACHINE_MEDIAN_MILLIS : MEDIAN_MILLIS));
        if (!guest) {
            figures.add(Figure.millis(name + "p99", Figure.quantile(errors, 0.99), P99_MILLIS));
        }
        return figures;
    }

    private double error(Target target, boolean guest) throws LaunchException, IOException {
        InetAddress address = clock.nextAddress();
        LaunchOperation operation = clock.operation(target, address);
        try {
            operation.start();
            long listening = ClockWorkload.ask(address, guest).listening();
            return (operation.moments().at(PhaseName.READY).orElseThrow() - listening) / 1e6;
        } finally {
            operation.remove();
        }
    }
}
